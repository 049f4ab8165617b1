import { Problem } from '@async-chatbot/shared/problem';
import type { Operation } from '../operation.ts';

export const resumeReply: Operation<'resumeReply'> = async ({ thread, path, after }, { turns }) => {
  const reply = await turns.find(thread, path.id_message);
  if (!reply) throw new Problem('message-not-found');
  return { status: 200, events: reply.events(after) };
};
