import { type ConversationKey, isRunning } from '../ports/message.ts';
import type { GenerationRun, ReplyKey, StoredReply, TurnStore } from '../ports/turn-store.ts';
import { memoryIdempotencyKeys } from './idempotency-keys.ts';
import { type MessageItem, messageKey, shownMessage } from './message-item.ts';
import type { MemoryTable } from './table.ts';

interface Lock {
  id_reply: string;
  leaseEndsMs: number;
}

export const lockKey = ({ id_conversation = 'default' }: ConversationKey): string => `T#${id_conversation}`;

const chunkPrefix = ({ id_reply, run }: GenerationRun): string => `S#${id_reply}#${run}#`;
const chunkKey = (run: GenerationRun, position: number): string =>
  chunkPrefix(run) + String(position).padStart(10, '0');

export function memoryTurnStore(table: MemoryTable, now: () => Date): TurnStore {
  const nowMs = () => now().getTime();
  const keyOf = ({ conversation, id_reply }: ReplyKey) => messageKey(conversation, id_reply);
  const read = (reply: ReplyKey) => table.get<MessageItem>(reply.conversation.userId, keyOf(reply));
  const write = (reply: ReplyKey, item: MessageItem) => table.put(reply.conversation.userId, keyOf(reply), item);

  /** The reply, if the run is in progress and was not superseded. */
  function current(run: GenerationRun): MessageItem | undefined {
    const item = read(run);
    return item?.run === run.run && isRunning(item.message.status) ? item : undefined;
  }

  function stored(item: MessageItem): StoredReply {
    const { run, cancelledRun, problem } = item;
    return {
      message: shownMessage(item, now()),
      run,
      isCancelled: cancelledRun === run,
      ...(problem && { problem }),
    };
  }

  function show(run: GenerationRun, item: MessageItem, content: string, leaseEndsMs = item.leaseEndsMs): void {
    const status = content ? ('streaming' as const) : ('pending' as const);
    write(run, { ...item, message: { ...item.message, content, status }, leaseEndsMs });
  }

  return {
    ...memoryIdempotencyKeys(table, now),

    async lock({ conversation, id_reply }, leaseMs) {
      const found = table.get<Lock>(conversation.userId, lockKey(conversation));
      if (found && found.id_reply !== id_reply && found.leaseEndsMs > nowMs()) return false;
      table.put(conversation.userId, lockKey(conversation), { id_reply, leaseEndsMs: nowMs() + leaseMs });
      return true;
    },

    async unlock({ conversation, id_reply }) {
      const found = table.get<Lock>(conversation.userId, lockKey(conversation));
      if (found?.id_reply === id_reply) table.delete(conversation.userId, lockKey(conversation));
    },

    async create(messages, { leaseMs, keyRecord }) {
      for (const message of messages) {
        const { id_user: userId, id_conversation, id_message } = message;
        const item: MessageItem = { message: { ...message }, run: 1, leaseEndsMs: nowMs() + leaseMs, keyRecord };
        table.put(userId, messageKey({ userId, id_conversation }, id_message), item);
      }
    },

    async claimReply({ conversation, id_reply, reply_to, timestamp }, leaseMs) {
      const reply = { conversation, id_reply };
      const before = read(reply);
      if (before && isRunning(before.message.status) && before.leaseEndsMs > nowMs()) return undefined;
      const { userId: id_user, id_conversation } = conversation;
      const run = (before?.message.version ?? 0) + 1;
      const owner = { id_user, ...(id_conversation !== undefined && { id_conversation }) };
      const message = { id_message: id_reply, ...owner, timestamp, version: run, is_bot: true, reply_to };
      const item: MessageItem = {
        message: { ...message, content: '', status: 'pending' },
        run,
        leaseEndsMs: nowMs() + leaseMs,
        keyRecord: before?.keyRecord,
      };
      write(reply, item);
      return stored(item);
    },

    async getReply(reply) {
      const item = read(reply);
      return item && stored(item);
    },

    async extendLease(run, content, leaseMs) {
      const item = current(run);
      if (item) show(run, item, content, nowMs() + leaseMs);
      return item !== undefined;
    },

    async finishReply(run, { problem, ...end }) {
      const item = current(run);
      if (!item) {
        const found = read(run);
        return found?.run === run.run && found.message.status === end.status ? shownMessage(found, now()) : undefined;
      }
      const fields = Object.fromEntries(Object.entries(end).filter(([, value]) => value !== undefined));
      const message = { ...item.message, ...fields, version: item.message.version + 1 };
      write(run, { ...item, message, problem });
      return { ...message };
    },

    async requestCancel(run) {
      const item = current(run);
      if (item) write(run, { ...item, cancelledRun: run.run });
    },

    async appendChunk(run, position, chunk) {
      table.put(run.conversation.userId, chunkKey(run, position), { chunk });
      const item = current(run);
      // Memory shows the text as it comes, since no heartbeat stores it.
      if (item) show(run, item, item.message.content.slice(0, position) + chunk);
    },

    async chunksSince(run, position) {
      const from = chunkKey(run, position);
      const chunks = table.under<{ chunk: string }>(run.conversation.userId, chunkPrefix(run));
      return chunks.flatMap(([key, { chunk }]) => (key < from ? [] : [chunk])).join('');
    },

    deleteChunks: async (run) => table.deleteUnder(run.conversation.userId, chunkPrefix(run)),

    nextChange: (reply) => table.nextChange(reply.conversation.userId, keyOf(reply)),
  };
}
