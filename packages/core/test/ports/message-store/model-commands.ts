import type { Order } from '@async-chatbot/shared/cursor';
import type fc from 'fast-check';
import { expect } from 'vitest';
import type { ConversationKey, Message, Versions } from '../../../src/ports/message.ts';
import { allPages, inPages, messageOf, store } from '../../support/messages.ts';
import type { Stores } from '../../support/stores.ts';

/** Few, so that commands collide. */
export const IDS = 8;

/** The expected content of each conversation: messages by their index in `ids`. */
export type Model = Map<number, Message>[];

/** The stores, and what the commands use of them. */
export interface Real {
  stores: Stores;
  conversations: ConversationKey[];
  /** Sorted, and the same for every conversation. */
  ids: string[];
  edits: number;
}

/** Changes the model and the store in the same way, and checks that they agree. */
export type Command = fc.AsyncCommand<Model, Real>;

interface Place {
  conversation: number;
  index: number;
}

/** Stores a message, alone or with its reply, where there is none. */
export function put(stored: Place & { content: string; isPair: boolean }): Command {
  const { conversation, index, content, isPair } = stored;
  const replyAt = (index + 1) % IDS;
  return {
    toString: () => `put ${JSON.stringify(stored)}`,
    check: (model) => !model[conversation]?.has(index) && !(isPair && model[conversation]?.has(replyAt)),
    async run(model, real) {
      const { userId, id_conversation } = keyOf(real, conversation);
      const common = id_conversation === undefined ? {} : { id_conversation };
      const [id_message, id_reply] = [idOf(real, index), idOf(real, replyAt)];
      const message = messageOf(userId, { ...common, id_message, content, ...(isPair && { id_reply }) });
      const reply = messageOf(userId, { ...common, id_message: id_reply, is_bot: true, reply_to: id_message });
      await store(real.stores.turns, ...(isPair ? [message, reply] : [message]));
      model[conversation]?.set(index, message);
      if (isPair) model[conversation]?.set(replyAt, reply);
    },
  };
}

/** Reads a message that may exist. */
export function get(where: Place): Command {
  const { conversation, index } = where;
  return {
    toString: () => `get ${JSON.stringify(where)}`,
    check: () => true,
    async run(model, real) {
      const found = await real.stores.messages.get(keyOf(real, conversation), idOf(real, index));
      expect(found).toStrictEqual(model[conversation]?.get(index));
    },
  };
}

/** Reads all pages. */
export function list(what: { conversation: number; limit: number; order: Order | undefined }): Command {
  const { conversation, limit, order } = what;
  return {
    toString: () => `list ${JSON.stringify(what)}`,
    check: () => true,
    async run(model, real) {
      const oldestFirst = [...(model[conversation] ?? [])]
        .sort(([one], [other]) => one - other)
        .map(([, message]) => message);
      const all = order === 'asc' ? oldestFirst : oldestFirst.reverse();
      const pages = await allPages(real.stores.messages, keyOf(real, conversation), limit, order);
      expect(pages).toStrictEqual(all.length === 0 ? [[]] : inPages(all, limit));
    },
  };
}

/** Edits a message that may exist, of some versions or of any. */
export function edit(change: Place & { content: string; versions: Versions | undefined }): Command {
  const { conversation, index, content, versions } = change;
  return {
    toString: () => `edit ${JSON.stringify(change)}`,
    check: () => true,
    async run(model, real) {
      real.edits += 1;
      const fields = { content, edited_at: new Date(Date.UTC(2026, 0) + real.edits).toISOString() };
      const before = model[conversation]?.get(index);
      const after = before && !before.is_bot && isAmong(before, versions) ? changed(before, fields) : undefined;
      const edited = await real.stores.messages.edit(keyOf(real, conversation), idOf(real, index), fields, versions);
      expect(edited).toStrictEqual(after);
      if (after) model[conversation]?.set(index, after);
    },
  };
}

/** Rates a reply that may exist. */
export function rate(what: Place & { rating: 'up' | 'down' }): Command {
  const { conversation, index, rating } = what;
  return {
    toString: () => `rate ${JSON.stringify(what)}`,
    check: () => true,
    async run(model, real) {
      const before = model[conversation]?.get(index);
      const after = before?.is_bot ? changed(before, { feedback: { rating } }) : undefined;
      expect(await real.stores.messages.rate(keyOf(real, conversation), idOf(real, index), { rating })).toStrictEqual(
        after,
      );
      if (after) model[conversation]?.set(index, after);
    },
  };
}

/** Deletes a message that may exist, of some versions or of any. */
export function remove(what: Place & { versions: Versions | undefined }): Command {
  const { conversation, index, versions } = what;
  return {
    toString: () => `delete ${JSON.stringify(what)}`,
    check: () => true,
    async run(model, real) {
      const before = model[conversation]?.get(index);
      const outcome = before ? (isAmong(before, versions) ? 'deleted' : 'changed') : 'missing';
      expect(await real.stores.messages.delete(keyOf(real, conversation), idOf(real, index), versions)).toBe(outcome);
      if (outcome !== 'deleted') return;
      model[conversation]?.delete(index);
      if (before?.id_reply) model[conversation]?.delete(real.ids.indexOf(before.id_reply));
    },
  };
}

const isAmong = ({ version }: Message, versions: Versions | undefined): boolean =>
  versions === undefined || versions === '*' || versions.includes(version);

const changed = (message: Message, fields: Partial<Message>): Message => ({
  ...message,
  ...fields,
  version: message.version + 1,
});

const keyOf = ({ conversations }: Real, index: number): ConversationKey => conversations[index] ?? { userId: '' };

const idOf = ({ ids }: Real, index: number): string => ids[index] ?? '';
