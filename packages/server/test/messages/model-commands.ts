import type { Message, Thread, Versions } from '@async-chatbot/core/ports/message';
import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import type { Order } from '@async-chatbot/shared/cursor';
import type fc from 'fast-check';
import { expect } from 'vitest';
import { allPages } from './all-pages.ts';
import { inPages, messageOf } from './samples.ts';

/** So few places that commands meet. */
export const IDS = 8;

/** What there should be in each thread: messages by their place in `ids`. */
export type Model = Map<number, Message>[];

/** What is, and where the commands find it. */
export interface Real {
  store: MessageStore;
  threads: Thread[];
  /** In their order, and the same for every thread. */
  ids: string[];
  edits: number;
}

/** Something that is done to both, after which they are the same. */
export type Command = fc.AsyncCommand<Model, Real>;

interface Place {
  thread: number;
  index: number;
}

/** Keeps a message, alone or with its reply, where there is none. */
export function put(said: Place & { content: string; isPair: boolean }): Command {
  const { thread, index, content, isPair } = said;
  const replyAt = (index + 1) % IDS;
  return {
    toString: () => `put ${JSON.stringify(said)}`,
    check: (model) => !model[thread]?.has(index) && !(isPair && model[thread]?.has(replyAt)),
    async run(model, real) {
      const { userId, id_conversation } = threadOf(real, thread);
      const conversation = id_conversation === undefined ? {} : { id_conversation };
      const [id_message, id_reply] = [idOf(real, index), idOf(real, replyAt)];
      const message = messageOf(userId, { ...conversation, id_message, content, ...(isPair && { id_reply }) });
      const reply = messageOf(userId, { ...conversation, id_message: id_reply, is_bot: true, reply_to: id_message });
      await real.store.put(isPair ? [message, reply] : [message]);
      model[thread]?.set(index, message);
      if (isPair) model[thread]?.set(replyAt, reply);
    },
  };
}

/** Reads a place, whether a message is there or not. */
export function get(where: Place): Command {
  const { thread, index } = where;
  return {
    toString: () => `get ${JSON.stringify(where)}`,
    check: () => true,
    async run(model, real) {
      const found = await real.store.get(threadOf(real, thread), idOf(real, index));
      expect(found).toStrictEqual(model[thread]?.get(index));
    },
  };
}

/** Reads all pages. */
export function list(what: { thread: number; limit: number; order: Order | undefined }): Command {
  const { thread, limit, order } = what;
  return {
    toString: () => `list ${JSON.stringify(what)}`,
    check: () => true,
    async run(model, real) {
      const oldestFirst = [...(model[thread] ?? [])]
        .sort(([one], [other]) => one - other)
        .map(([, message]) => message);
      const said = order === 'asc' ? oldestFirst : oldestFirst.reverse();
      const pages = await allPages(real.store, threadOf(real, thread), limit, order);
      expect(pages).toStrictEqual(said.length === 0 ? [[]] : inPages(said, limit));
    },
  };
}

/** Edits what may be there, of some versions or of any. */
export function edit(change: Place & { content: string; versions: Versions | undefined }): Command {
  const { thread, index, content, versions } = change;
  return {
    toString: () => `edit ${JSON.stringify(change)}`,
    check: () => true,
    async run(model, real) {
      real.edits += 1;
      const said = { content, edited_at: new Date(Date.UTC(2026, 0) + real.edits).toISOString() };
      const before = model[thread]?.get(index);
      const after = before && !before.is_bot && isAmong(before, versions) ? changed(before, said) : undefined;
      const edited = await real.store.edit(threadOf(real, thread), idOf(real, index), said, versions);
      expect(edited).toStrictEqual(after);
      if (after) model[thread]?.set(index, after);
    },
  };
}

/** Rates what may be there. */
export function rate(what: Place & { rating: 'up' | 'down' }): Command {
  const { thread, index, rating } = what;
  return {
    toString: () => `rate ${JSON.stringify(what)}`,
    check: () => true,
    async run(model, real) {
      const before = model[thread]?.get(index);
      const after = before?.is_bot ? changed(before, { feedback: { rating } }) : undefined;
      expect(await real.store.rate(threadOf(real, thread), idOf(real, index), { rating })).toStrictEqual(after);
      if (after) model[thread]?.set(index, after);
    },
  };
}

/** Deletes what may be there, of some versions or of any. */
export function remove(what: Place & { versions: Versions | undefined }): Command {
  const { thread, index, versions } = what;
  return {
    toString: () => `delete ${JSON.stringify(what)}`,
    check: () => true,
    async run(model, real) {
      const before = model[thread]?.get(index);
      const outcome = before ? (isAmong(before, versions) ? 'deleted' : 'changed') : 'missing';
      expect(await real.store.delete(threadOf(real, thread), idOf(real, index), versions)).toBe(outcome);
      if (outcome !== 'deleted') return;
      model[thread]?.delete(index);
      if (before?.id_reply) model[thread]?.delete(real.ids.indexOf(before.id_reply));
    },
  };
}

const isAmong = ({ version }: Message, versions: Versions | undefined): boolean =>
  versions === undefined || versions === '*' || versions.includes(version);

const changed = (message: Message, said: Partial<Message>): Message => ({
  ...message,
  ...said,
  version: message.version + 1,
});

const threadOf = ({ threads }: Real, thread: number): Thread => threads[thread] ?? { userId: '' };

const idOf = ({ ids }: Real, index: number): string => ids[index] ?? '';
