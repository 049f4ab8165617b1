import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const cancelReply: Handler<'cancelReply'> = async ({ conversation, path }, { turns }) => {
  const reply = await turns.cancel(conversation, path.id_message);
  if (!reply) throw new Problem('message-not-found');
  return { status: 200, body: reply };
};
