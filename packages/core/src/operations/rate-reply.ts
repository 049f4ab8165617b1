import { Problem } from '@async-chatbot/shared/problem';
import type { Operation } from '../operation.ts';

export const rateReply: Operation<'rateReply'> = async ({ thread, path, body }, { messages }) => {
  const message = await messages.get(thread, path.id_message);
  const reply = message?.is_bot ? message.id_message : message?.id_reply;
  const rated = reply && (await messages.rate(thread, reply, body));
  if (!rated) throw new Problem('message-not-found');
  return { status: 200, body: rated };
};
