import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';

export const deleteMessage: Operation<'deleteMessage'> = async ({ user, path }, { messages }) => {
  const { id_message } = path;
  const message = await messages.get(user.id, id_message);

  // The answer goes first: a deletion that was cut short can then be repeated to its end.
  if (message?.id_reply) await messages.delete(user.id, message.id_reply);
  const deleted = message && (await messages.delete(user.id, id_message));
  if (!deleted) throw new Problem('message-not-found');

  return { status: 200, body: { id_message, status: 'deleted' } };
};
