import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const resumeReply: Handler<'resumeReply'> = async ({ conversation, path, after, signal }, { turns }) => {
  const reply = await turns.find(conversation, path.id_message);
  if (!reply) throw new Problem('message-not-found');
  if (await reply.endedWith(after, signal())) return { status: 204 };
  return { status: 200, events: reply.events(signal(), after) };
};
