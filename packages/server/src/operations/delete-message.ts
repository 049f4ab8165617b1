import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';

export const deleteMessage: Operation<'deleteMessage'> = async ({ user, path }, { messages }) => {
  const { id_message } = path;
  const message = await messages.get(user.id, id_message);
  if (!message) throw new Problem('message-not-found');

  // The answer goes first: a deletion that was cut short can then be repeated to its end.
  if (message.id_reply) await messages.delete(user.id, message.id_reply);
  await messages.delete(user.id, id_message);

  return { status: 200, body: { id_message, status: 'deleted' } };
};
