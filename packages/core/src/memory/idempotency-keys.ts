import { SECONDS_OF_DAY } from '@async-chatbot/shared/day';
import type { TurnStore } from '../ports/turn-store.ts';
import type { KeyItem, MemoryTable } from './table.ts';

/** The record of a key is the key itself. */
export function memoryIdempotencyKeys(
  { keys }: MemoryTable,
  now: () => Date,
): Pick<TurnStore, 'takeKey' | 'takeOverKey' | 'releaseKey'> {
  return {
    async takeKey(userId, key, request, turn) {
      const nowMs = now().getTime();
      const own: KeyItem = {
        ...turn,
        request,
        takenAtMs: nowMs,
        expiresAtMs: nowMs + SECONDS_OF_DAY * 1000,
        isDeleted: false,
      };
      const found = keys.get(userId, key);
      const isOwn = !found || found.expiresAtMs <= nowMs;
      if (isOwn) keys.set(userId, key, own);
      const { id_message, id_reply, timestamp, isDeleted, takenAtMs, request: first } = isOwn ? own : found;
      return {
        id_message,
        id_reply,
        timestamp,
        record: key,
        isOwn,
        isSameRequest: first === request,
        isDeleted,
        takenAtMs,
      };
    },

    async takeOverKey(userId, { record, takenAtMs }) {
      const item = keys.get(userId, record);
      if (!item || item.takenAtMs !== takenAtMs || item.isDeleted) return false;
      keys.set(userId, record, { ...item, takenAtMs: now().getTime() });
      return true;
    },

    async releaseKey(userId, { record, takenAtMs }) {
      if (keys.get(userId, record)?.takenAtMs === takenAtMs) keys.delete(userId, record);
    },
  };
}
