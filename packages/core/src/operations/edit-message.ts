import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

export const editMessage: Handler<'editMessage'> = async (
  { conversation, path, body, versions },
  { messages, turns, now },
) => {
  const { id_message } = path;
  const change = { content: body.content, edited_at: now().toISOString() };
  const edited = body.regenerate
    ? (await turns.regenerate(conversation, id_message, { isStreamed: true, edit: { ...change, versions } }))
        ?.user_message
    : await messages.edit(conversation, id_message, change, versions);
  if (edited) return { status: 200, body: edited };

  const stored = await messages.get(conversation, id_message);
  if (!stored) throw new Problem('message-not-found');
  if (stored.is_bot) throw new Problem('bot-message-not-editable');
  throw new Problem(versions ? 'message-changed' : 'reply-in-progress');
};
