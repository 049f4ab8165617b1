import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const rateReply: Handler<'rateReply'> = async ({ conversation, path, body }, { messages }) => {
  const { id_message } = path;
  // Clients mostly send the id of the reply, which then needs no read.
  const rated = (await messages.rate(conversation, id_message, body)) ?? (await rateReplyTo(id_message));
  if (!rated) throw new Problem('message-not-found');
  return { status: 200, body: rated };

  async function rateReplyTo(id: string) {
    const { id_reply } = (await messages.get(conversation, id)) ?? {};
    return id_reply === undefined ? undefined : messages.rate(conversation, id_reply, body);
  }
};
