import { type ConversationKey, isRunning, type Message } from '../ports/message.ts';
import type { GenerationRun, StoredReply, TurnStore } from '../ports/turn-store.ts';
import { toMessage } from './message-item.ts';
import { chunkPrefix, type MemoryMessage, type MemoryTable, messageKey } from './table.ts';

type Replies = Pick<
  TurnStore,
  | 'create'
  | 'discard'
  | 'claimReply'
  | 'getReply'
  | 'extendLease'
  | 'finishReply'
  | 'requestCancel'
  | 'endedRuns'
  | 'appendChunks'
  | 'chunksSince'
  | 'deleteChunks'
  | 'nextChange'
>;

export function memoryReplies({ messages, chunks, changes }: MemoryTable, now: () => Date): Replies {
  const leaseEnd = (leaseMs: number) => now().getTime() + leaseMs;
  const read = (conversation: ConversationKey, id: string) =>
    messages.get(conversation.userId, messageKey(conversation, id));
  const write = (conversation: ConversationKey, item: MemoryMessage) =>
    messages.set(conversation.userId, messageKey(conversation, item.message.id_message), item);

  /** The item of a run, if it is in progress and was not superseded. */
  function current({ conversation, id_reply, run }: GenerationRun): MemoryMessage | undefined {
    const item = read(conversation, id_reply);
    return item?.run === run && isRunning(item.message.status) ? item : undefined;
  }

  const toStoredReply = (item: MemoryMessage): StoredReply => ({
    message: toMessage(item, now()),
    run: item.run,
    isCancelled: item.isCancelled ?? false,
    ...(item.problem && { problem: item.problem }),
  });

  return {
    async create(all, { leaseMs, keyRecord }) {
      for (const message of all) {
        const conversation = { userId: message.id_user, id_conversation: message.id_conversation };
        write(conversation, { message, run: 1, leaseEndMs: leaseEnd(leaseMs), keyRecord });
      }
    },

    async discard(all) {
      for (const { id_message, id_user, id_conversation } of all)
        messages.delete(id_user, messageKey({ userId: id_user, id_conversation }, id_message));
    },

    async claimReply({ conversation, id_reply, reply_to, timestamp }, leaseMs) {
      const { userId: id_user, id_conversation } = conversation;
      const before = read(conversation, id_reply);
      if (before && isRunning(toMessage(before, now()).status)) return undefined;
      const run = (before?.message.version ?? 0) + 1;
      const message: Message = {
        id_message: id_reply,
        id_user,
        ...(id_conversation !== undefined && { id_conversation }),
        timestamp,
        content: '',
        is_bot: true,
        reply_to,
        status: 'pending',
        version: run,
      };
      const item = { message, run, leaseEndMs: leaseEnd(leaseMs) };
      write(conversation, item);
      return toStoredReply(item);
    },

    async getReply({ conversation, id_reply }) {
      const item = read(conversation, id_reply);
      return item && toStoredReply(item);
    },

    async extendLease(run, content, leaseMs) {
      const item = current(run);
      if (!item) return false;
      const status = content ? 'streaming' : 'pending';
      write(run.conversation, {
        ...item,
        message: { ...item.message, content, status },
        leaseEndMs: leaseEnd(leaseMs),
      });
      return true;
    },

    async finishReply(generation, { status, problem, ...fields }) {
      const { conversation, id_reply, run } = generation;
      const item = current(generation);
      if (item) {
        const { version } = item.message;
        const message = { ...item.message, ...fields, status, version: version + 1 };
        const finished = { ...item, message, problem };
        write(conversation, finished);
        return toMessage(finished, now());
      }
      const found = read(conversation, id_reply);
      return found?.run === run && found.message.status === status ? found.message : undefined;
    },

    async requestCancel(run) {
      const item = current(run);
      if (item) write(run.conversation, { ...item, isCancelled: true });
    },

    async endedRuns(runs) {
      return runs.filter((run) => {
        const item = read(run.conversation, run.id_reply);
        return item?.run !== run.run || item.isCancelled;
      });
    },

    async appendChunks(appended) {
      for (const { run, position, text } of appended) {
        const { conversation } = run;
        chunks.set(conversation.userId, chunkKey(run, position), text);
        const item = current(run);
        // No other server polls the chunks, so the reply itself gets its text at once.
        if (!item || position !== item.message.content.length) continue;
        const content = item.message.content + text;
        write(conversation, { ...item, message: { ...item.message, content, status: 'streaming' } });
      }
      return [...appended];
    },

    async chunksSince(generation, position) {
      const { conversation, id_reply, run } = generation;
      const first = chunkKey(generation, position);
      const all = chunks.withPrefix(conversation.userId, chunkPrefix(id_reply, run));
      return all.flatMap(([key, chunk]) => (key < first ? [] : [chunk])).join('');
    },

    async deleteChunks({ conversation, id_reply, run }) {
      chunks.deleteWithPrefix(conversation.userId, chunkPrefix(id_reply, run));
    },

    nextChange: ({ conversation, id_reply }) => changes.next(conversation.userId, messageKey(conversation, id_reply)),
  };
}

/** Sorted by position. */
const chunkKey = ({ id_reply, run }: GenerationRun, position: number): string =>
  chunkPrefix(id_reply, run) + String(position).padStart(10, '0');
