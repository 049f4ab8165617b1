import type { TakenKey, TurnIds, TurnStore } from '../ports/turn-store.ts';
import type { MemoryTable } from './table.ts';

const LIFETIME_MS = 86_400_000;

interface KeyItem extends TurnIds {
  request: string;
  takenAtMs: number;
  expiresAtMs: number;
  isDeleted?: boolean;
}

export function memoryIdempotencyKeys(
  table: MemoryTable,
  now: () => Date,
): Pick<TurnStore, 'takeKey' | 'takeOverKey' | 'releaseKey'> {
  const read = (userId: string, record: string) => table.get<KeyItem>(userId, record);

  return {
    async takeKey(userId, key, request, turn): Promise<TakenKey> {
      const record = `I#${key}`;
      const nowMs = now().getTime();
      const found = read(userId, record);
      const isTaken = found !== undefined && found.expiresAtMs > nowMs;
      const { id_message, id_reply, timestamp } = turn;
      const own: KeyItem = {
        id_message,
        id_reply,
        timestamp,
        request,
        takenAtMs: nowMs,
        expiresAtMs: nowMs + LIFETIME_MS,
      };
      if (!isTaken) table.put(userId, record, own);
      const taken = isTaken ? found : own;
      return {
        id_message: taken.id_message,
        id_reply: taken.id_reply,
        timestamp: taken.timestamp,
        record,
        isOwn: taken.id_message === id_message,
        isSameRequest: taken.request === request,
        isDeleted: taken.isDeleted ?? false,
        takenAtMs: taken.takenAtMs,
      };
    },

    async takeOverKey(userId, { record, takenAtMs }) {
      const found = read(userId, record);
      if (!found || found.takenAtMs !== takenAtMs || found.isDeleted) return false;
      table.put(userId, record, { ...found, takenAtMs: now().getTime() });
      return true;
    },

    async releaseKey(userId, { record, takenAtMs }) {
      if (read(userId, record)?.takenAtMs === takenAtMs) table.delete(userId, record);
    },
  };
}
