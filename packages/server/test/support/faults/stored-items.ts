import { expect } from 'vitest';
import type { MessageItem } from '../../../src/dynamo/message-item.ts';
import { itemsOfUser } from '../dynamo/stored.ts';
import { testConfig } from '../servers/server.ts';
import { RESERVED_TOKENS } from './product.ts';

type Item = MessageItem & {
  /** Of an idempotency key. */
  id_message?: string;
  is_deleted?: boolean;
  /** Of usage counters. */
  messages?: number;
  tokens?: number;
};

interface Allowances {
  /** Whether a server was killed: what it held stays until its lease ends. */
  hasCrashed: boolean;
  countersMayDrift: boolean;
}

/** Everything that is stored about a user, read without proxies. */
export async function itemsOf(userId: string): Promise<Item[]> {
  // The cast: only the server writes to the table.
  return (await itemsOfUser(testConfig().dynamo, userId)) as object[] as Item[];
}

const isRunning = ({ status, lease = 0 }: Item, hasCrashed: boolean): boolean =>
  (status === 'pending' || status === 'streaming') && !(hasCrashed && lease <= Date.now());

/** Checks that nothing is left of sends and generations that have ended, and what they were charged. */
export async function checkStoredItems(userId: string, { hasCrashed, countersMayDrift }: Allowances): Promise<void> {
  const items = await itemsOf(userId);
  const ofKind = (kind: string) => items.filter(({ sk }) => sk.startsWith(`${kind}#`));
  const messages = ofKind('M');
  const replies = messages.filter(({ is_bot }) => is_bot);

  const running = replies.filter((reply) => isRunning(reply, hasCrashed));
  expect(running, 'replies that are still running').toEqual([]);
  const locks = ofKind('T').filter(({ lease = 0 }) => !(hasCrashed && lease <= Date.now()));
  expect(locks, 'conversation locks').toEqual([]);
  expect(hasCrashed ? [] : ofKind('S'), 'chunks of replies that have ended').toEqual([]);
  const stored = new Set(messages.map(({ sk }) => sk.split('#')[2]));
  const withoutTurn = ofKind('I').filter(({ id_message = '', is_deleted }) => !is_deleted && !stored.has(id_message));
  expect(withoutTurn, 'idempotency keys without a turn').toEqual([]);

  // A reply that failed before its first word is not charged.
  const charged = replies.filter(({ status, content }) => status !== 'failed' || content !== '').length;
  const used = ofKind('U').reduce((sum, { messages = 0 }) => sum + messages, 0);
  const tokens = ofKind('U').reduce((sum, usage) => sum + (usage.tokens ?? 0), 0);
  if (countersMayDrift) return;
  if (hasCrashed) return expect(used, 'messages counted').toBeGreaterThanOrEqual(charged);
  expect(used, 'messages counted').toBe(charged);
  expect(tokens, 'tokens reserved by replies that have ended').toBeLessThan(RESERVED_TOKENS);
}
