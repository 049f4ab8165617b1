import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const rateReply: Handler<'rateReply'> = async ({ conversation, path, body }, { messages }) => {
  const message = await messages.get(conversation, path.id_message);
  const reply = message?.is_bot ? message.id_message : message?.id_reply;
  const rated = reply && (await messages.rate(conversation, reply, body));
  if (!rated) throw new Problem('message-not-found');
  return { status: 200, body: rated };
};
