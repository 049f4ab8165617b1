import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';

export const regenerateReply: Operation<'regenerateReply'> = async ({ thread, path, wantsEvents }, { turns }) => {
  const reply = await turns.regenerate(thread, path.id_message);
  if (!reply) throw new Problem('message-not-found');
  const { left } = reply;
  if (wantsEvents) return { status: 200, events: reply.events(), left };
  return { status: 200, body: await reply.exchange(), left };
};
