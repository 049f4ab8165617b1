import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';

export const editMessage: Operation<'editMessage'> = async ({ user, path, body }, { messages, now }) => {
  const change = { content: body.content, edited_at: now().toISOString() };
  const edited = await messages.edit(user.id, path.id_message, change);
  if (edited) return { status: 200, body: edited };

  const said = await messages.get(user.id, path.id_message);
  throw new Problem(said ? 'bot-message-not-editable' : 'message-not-found');
};
