import { expect } from 'vitest';
import type { Message } from '../../src/ports/message.ts';
import { newId, newUser } from './messages.ts';
import type { Stores } from './stores.ts';

export const LEASE_MS = 60_000;
export const AFTER_LEASE_MS = LEASE_MS + 1000;

/** A claim of a new user's reply, which is not stored yet. */
export const newClaim = () => ({
  conversation: { userId: newUser() },
  id_reply: newId(),
  reply_to: newId(),
  timestamp: new Date().toISOString(),
});

/** Starts the first run of a new reply. */
export async function startedReply({ turns }: Stores) {
  const claim = newClaim();
  const { conversation, id_reply, reply_to, timestamp } = claim;
  const message: Message = {
    id_message: id_reply,
    id_user: conversation.userId,
    timestamp,
    is_bot: true,
    content: '',
    version: 1,
    status: 'pending',
    reply_to,
  };
  expect(await turns.claimReply(claim, LEASE_MS)).toStrictEqual({ message, run: 1, isCancelled: false });
  return { claim, conversation, message, run: { conversation, id_reply, run: 1 } };
}

export const COMPLETED = { status: 'completed', content: 'canary' } as const;
