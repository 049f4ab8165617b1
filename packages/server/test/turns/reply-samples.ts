import { expect } from 'vitest';
import { newId, newUser } from '../messages/samples.ts';
import type { Ports } from './ports.ts';

export const LEASE_MS = 60_000;
export const AFTER_LEASE_MS = LEASE_MS + 1000;

/** A reply of a new user that is not there yet. */
export const newReply = () => {
  const reply = { id_message: newId(), reply_to: newId(), timestamp: new Date().toISOString() };
  return { thread: { userId: newUser() }, reply, id: reply.id_message };
};

/** A reply that somebody has begun to write. */
export async function begun({ replies }: Ports) {
  const { thread, reply, id } = newReply();
  const claimed = await replies.claim(thread, reply, LEASE_MS);
  const message = { id_user: thread.userId, ...reply, is_bot: true, content: '', version: 1, status: 'pending' };
  expect(claimed).toStrictEqual({ message, run: 1, isCancelled: false });
  return { thread, reply, id, message, writing: { thread, id_message: id, run: 1 } };
}

/** How a writing ends well. */
export const done = { status: 'completed', content: 'canary' } as const;
