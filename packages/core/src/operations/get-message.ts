import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const getMessage: Handler<'getMessage'> = async ({ conversation, path }, { messages }) => {
  const message = await messages.get(conversation, path.id_message);
  if (!message) throw new Problem('message-not-found');
  return { status: 200, body: message };
};
