import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const deleteMessage: Handler<'deleteMessage'> = async ({ conversation, path, versions }, { messages }) => {
  const { id_message } = path;
  const outcome = await messages.delete(conversation, id_message, versions);
  if (outcome === 'missing') throw new Problem('message-not-found');
  if (outcome === 'changed') throw new Problem('message-changed');
  return { status: 200, body: { id_message, status: 'deleted' } };
};
