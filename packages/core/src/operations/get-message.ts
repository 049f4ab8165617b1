import { Problem } from '@async-chatbot/shared/problem';
import type { Operation } from '../operation.ts';

export const getMessage: Operation<'getMessage'> = async ({ thread, path }, { messages }) => {
  const message = await messages.get(thread, path.id_message);
  if (!message) throw new Problem('message-not-found');
  return { status: 200, body: message };
};
