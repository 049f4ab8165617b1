/** The rules of ARCHITECTURE.md. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  cycles,
  forbiddenImports,
  reachableFrom,
  type SourceFile,
  sourceFiles,
} from './support/checks/source-files.ts';

const PACKAGES = ['api-spec', 'shared', 'core', 'server', 'sdk'];
const files = PACKAGES.flatMap((name) => sourceFiles(`packages/${name}/src`));
/** Further folders that are checked for cycles and directions. */
const CONNECTED = ['packages/server/dev', 'packages/core/test/ports', 'packages/core/test/support'];
const checked = [...files, ...CONNECTED.flatMap(sourceFiles)];
const inFolder = (folder: string) => files.filter(({ path }) => path.startsWith(`packages/${folder}`));
const importing = (what: RegExp) =>
  files
    .filter(({ imports }) => imports.some(({ from, isTypeOnly }) => what.test(from) && !isTypeOnly))
    .map(({ path }) => path);

/** Expects at least one file, so that the rule is not vacuous. */
function onlyIn(paths: string[], allowed: RegExp): void {
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !allowed.test(path))).toEqual([]);
}

describe('core', () => {
  it('imports only packages of the workspace and four runtime-independent libraries', () => {
    const allowed = /^@async-chatbot\/(api-spec|shared)|^(openapi-backend(\/router\.js)?|ipaddr\.js|negotiator|uuid)$/;
    for (const { path, imports } of inFolder('core/'))
      for (const { from, file, isTypeOnly } of imports) {
        const isAllowed =
          file?.startsWith('packages/core/src/') || allowed.test(from) || (from === 'ajv' && isTypeOnly);
        expect(isAllowed, `${path} imports ${from}`).toBe(true);
      }
  });

  it('imports no adapter, not even in memory, from operations, turns, ports and the pipeline', () => {
    const starts = inFolder('core/src/').filter(({ path }) => !path.includes('/memory/'));
    expect(starts.length).toBeGreaterThan(50);
    for (const { path } of starts)
      for (const reached of reachableFrom(path, files, { types: true }))
        expect(reached, `${path} reaches it`).not.toMatch(/\/memory\/|^packages\/(server|sdk)\//);
  });

  it('has ports that import only types', () => {
    for (const { path, imports } of inFolder('core/src/ports/'))
      for (const { from, isTypeOnly } of imports) expect(isTypeOnly, `${path} imports ${from}`).toBe(true);
  });

  it('has operations that use only ports and problems: no HTTP, no other operation, no `try`', () => {
    const operations = inFolder('core/src/operations/').filter(({ path }) => !path.endsWith('index.ts'));
    expect(operations.length).toBeGreaterThan(0);
    for (const { path, text, imports } of operations) {
      const values = imports.filter(({ isTypeOnly }) => !isTypeOnly).map(({ from }) => from);
      expect(
        values.filter((from) => from !== '@async-chatbot/shared/problem'),
        path,
      ).toEqual([]);
      expect(text, path).not.toMatch(/\btry\b|\breq\b|\bres\b|cookie|header|token/i);
    }
  });
});

// V8 gives each object literal with a getter a hidden class of its own, which keeps the object until a full collection.
it('core and the server have no getters, which keep each request in memory', () => {
  const hosts = [...inFolder('core/'), ...inFolder('server/')];
  expect(hosts.filter(({ text }) => /^ +get \w+\(/m.test(text)).map(({ path }) => path)).toEqual([]);
});

describe('libraries', () => {
  it('Express is imported only at the edge of the server', () => {
    onlyIn(importing(/^express$/), /^packages\/server\/src\/(http|docs)\//);
  });

  it('openapi-backend is imported only by the router', () => {
    onlyIn(importing(/^openapi-backend/), /^packages\/core\/src\/http\/router\.ts$/);
  });

  it('AWS is imported only in its adapters', () => {
    onlyIn(
      importing(/^@aws-sdk\/|^@smithy\/|^aws-jwt-verify/),
      /^packages\/server\/src\/((dynamo|cognito)\/|bot\/bedrock-)/,
    );
  });

  it('the AWS SDK for DynamoDB is loaded only on demand', () => {
    const dynamo = /^packages\/server\/src\/dynamo\//;
    const importers = importing(/^@aws-sdk\/|^@smithy\//).filter((path) => dynamo.test(path));
    onlyIn(importers, /\/dynamo\/(sdk-sender|fast\/credentials)\.ts$/);
    const statically = /^import (?!type )[^;]* from '(@aws-sdk|@smithy|undici|\.\/sdk-sender)/m;
    const loading = files
      .filter(({ path, text }) => dynamo.test(path) && statically.test(text))
      .map(({ path }) => path);
    onlyIn(loading, /\/dynamo\/sdk-sender\.ts$/);
  });

  it('the AI SDK is imported only in bots, each provider in one file that is loaded if configured', () => {
    const server = (path: string) => path.startsWith('packages/server/');
    onlyIn(importing(/^ai$|^@ai-sdk\//).filter(server), /^packages\/server\/src\/bot\//);
    for (const provider of [/^@ai-sdk\/openai-compatible$/, /^@ai-sdk\/amazon-bedrock$/]) {
      const [path = '', ...others] = importing(provider);
      expect(others).toEqual([]);
      const importers = files.filter(({ imports }) => imports.some(({ file }) => file === path));
      expect(importers.map((file) => file.path)).toEqual(['packages/server/src/bot/create-bot.ts']);
      expect(importers[0]?.text).toContain(`import('./${path.split('/').at(-1)}')`);
    }
  });
});

describe('the server', () => {
  const ROOTS = /^packages\/server\/src\/(main|embedded)\.ts$/;

  it('reads the environment only in its two entry points', () => {
    const readers = files.filter(({ text }) => text.includes('process.env')).map(({ path }) => path);
    onlyIn(readers, ROOTS);
  });

  it('starts emulators only in the embedded entry point', () => {
    const starters = files.filter(({ imports }) =>
      imports.some(({ file }) => file?.startsWith('packages/server/dev/')),
    );
    onlyIn(
      starters.map(({ path }) => path),
      /\/embedded\.ts$/,
    );
  });
});

it('the SDK’s client imports neither core nor the mock server', () => {
  for (const entry of ['index', 'logging', 'ai-sdk/index']) {
    const reached = reachableFrom(`packages/sdk/src/${entry}.ts`, files, { types: true });
    expect(reached.length).toBeGreaterThan(1);
    expect(reached.filter((path) => /\/testing\/|^packages\/(core|server)\//.test(path))).toEqual([]);
  }
});

/** A file with one type-only import, of a file or of a package. */
const fileOf = (path: string, from: string): SourceFile => ({
  path,
  text: '',
  imports: [{ from, file: from.startsWith('@') ? undefined : from, isTypeOnly: true }],
  exportedTypes: [],
});

describe('cycles', () => {
  it('there are no import cycles, type-only imports included', () => {
    for (const folder of CONNECTED) expect(checked.some(({ path }) => path.startsWith(folder))).toBe(true);
    expect(cycles(checked)).toEqual([]);
  });

  it('finds a cycle of type-only imports', () => {
    expect(cycles([fileOf('a.ts', 'b.ts'), fileOf('b.ts', 'a.ts'), fileOf('c.ts', 'a.ts')])).toEqual([
      'a.ts -> b.ts',
      'b.ts -> a.ts',
    ]);
  });
});

describe('dependencies between packages', () => {
  it('have one direction', () => {
    expect(forbiddenImports(checked)).toEqual([]);
  });

  it.each([
    ['packages/api-spec/src/index.ts', '@async-chatbot/shared/problem'],
    ['packages/shared/src/problem.ts', '@async-chatbot/core/deps'],
    ['packages/core/src/deps.ts', '@async-chatbot/sdk'],
    ['packages/core/src/deps.ts', 'packages/server/src/serve.ts'],
    ['packages/core/test/ports/bot-contract.ts', 'packages/server/src/bot/keyword-bot.ts'],
    ['packages/sdk/src/client.ts', '@async-chatbot/core/deps'],
    ['packages/sdk/src/testing/index.ts', '@async-chatbot/server'],
    ['packages/server/src/serve.ts', '@async-chatbot/sdk/testing'],
    ['packages/server/dev/watch.ts', 'packages/sdk/src/index.ts'],
  ])('forbid %s to import %s', (path, from) => {
    expect(forbiddenImports([fileOf(path, from)])).toEqual([`${path} -> ${from}`]);
  });
});

// The SDK's names are public and independent of the server's.
it.each([
  ['the server', /^packages\/(?!sdk\/)/],
  ['the SDK', /^packages\/sdk\//],
])('no exported type name of %s is declared twice', (_title, side) => {
  const declared = new Map<string, string[]>();
  for (const { path, exportedTypes } of files.filter(({ path }) => side.test(path)))
    for (const name of exportedTypes) declared.set(name, [...(declared.get(name) ?? []), path]);
  expect([...declared].filter(([, paths]) => paths.length > 1)).toEqual([]);
});

it('no source file is longer than 150 lines, except for the table of problems', () => {
  const long = files.filter(({ text }) => text.split('\n').length > 151);
  expect(long.map(({ path }) => path)).toEqual(['packages/shared/src/problems.ts']);
});

describe('ARCHITECTURE.md', () => {
  const text = readFileSync(new URL('../../../ARCHITECTURE.md', import.meta.url), 'utf8');

  it('names files that exist, and lists at most 7 for a JSON send and 9 for a streamed one', () => {
    const lists = [...text.matchAll(/(?:^\d+\. `[^`]+`.*\n(?: {3}.*\n)*)+/gm)].map(([list]) =>
      [...list.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, path]) => `packages/${path}`),
    );
    const known = new Set(files.map(({ path }) => path));
    expect(lists.flat().filter((path) => !known.has(path))).toEqual([]);
    expect(lists.map(({ length }) => length)).toEqual([7, 2]);
  });
});
