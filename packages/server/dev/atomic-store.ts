import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataStore } from 'cognito-local/lib/services/dataStore/dataStore.js';
import type { DataStoreFactory } from 'cognito-local/lib/services/dataStore/factory.js';

type Node = Record<string, unknown>;

/**
 * The files of cognito-local's own store, which overwrites them in place: a process that is killed meanwhile leaves
 * half a file. Here a new file takes the old one's place, so that each is whole at any moment.
 */
export function atomicStores(folder: string): DataStoreFactory {
  return {
    async create(_context, id, defaults) {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${id}.json`);
      if (!existsSync(path)) replaceFile(path, defaults);
      return storeIn(path);
    },
  };
}

function storeIn(path: string): DataStore {
  const root = JSON.parse(readFileSync(path, 'utf8'), reviveDates) as Node;
  let saving: Promise<void> | undefined;

  /** Resolves when all that was set until now is in the file. What is set in one turn is written once. */
  const save = () =>
    (saving ??= nextTurn().then(() => {
      saving = undefined;
      replaceFile(path, root);
    }));

  return {
    getRoot: async <T>() => root as T,
    async get<T>(_context: unknown, key: string | string[], otherwise?: T) {
      const value = [key].flat().reduce<unknown>((node, name) => (isNode(node) ? own(node, name) : undefined), root);
      return (value ?? otherwise ?? null) as T;
    },
    async set(_context, key, value) {
      const { node, name } = parentOf(key);
      node[name] = value;
      await save();
    },
    async delete(_context, key) {
      const { node, name } = parentOf(key);
      delete node[name];
      await save();
    },
  };

  function parentOf(key: string | string[]) {
    const names = [key].flat();
    const name = names.pop() ?? '';
    let node = root;
    for (const each of names) {
      node[each] ??= {};
      node = node[each] as Node;
    }
    return { node, name };
  }
}

/** A user name may be `__proto__`. */
const own = (node: Node, name: string): unknown => (Object.hasOwn(node, name) ? node[name] : undefined);

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Passwords are in it, so it is the owner's alone. */
function replaceFile(path: string, content: unknown): void {
  writeFileSync(`${path}.new`, JSON.stringify(content), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

const reviveDates = (name: string, value: unknown): unknown =>
  name.endsWith('Date') ? new Date(value as string | number) : value;
