import { Problem } from '@async-chatbot/shared/problem';
import type { Operation } from '../call.ts';
import { exchangeOf } from '../exchange.ts';
import { isMeant } from '../messages.ts';
import { replyEvents } from '../reply-events.ts';

export const listMessages: Operation<'listMessages'> = ({ thread, query }, { messages, conversations }) => {
  const { userId, id_conversation } = thread;
  if (id_conversation !== undefined && !conversations.get(userId, id_conversation))
    throw new Problem('conversation-not-found');
  return { status: 200, body: messages.list(thread, query) };
};

export const sendMessage: Operation<'sendMessage'> = async ({ thread, body, key, wantsEvents }, { turns }) => {
  const { message, reply, generation } = turns.send(thread, body.content, key);
  if (wantsEvents) return { status: 201, events: replyEvents(generation, { created: message, reply }) };
  const { hasEnded, exchange } = await exchangeOf(message, reply, generation);
  return hasEnded ? { status: 201, body: exchange } : { status: 202, body: exchange };
};

export const getMessage: Operation<'getMessage'> = ({ thread, path }, { messages }) => {
  const message = messages.get(thread, path.id_message);
  if (!message) throw new Problem('message-not-found');
  return { status: 200, body: message };
};

export const editMessage: Operation<'editMessage'> = (call, { messages, turns, now }) => {
  const { thread, path, body, versions } = call;
  const said = messages.get(thread, path.id_message);
  if (!said) throw new Problem('message-not-found');
  if (said.is_bot) throw new Problem('bot-message-not-editable');
  const change = { content: body.content, edited_at: now().toISOString() };
  const edited = body.regenerate
    ? turns.regenerate(thread, path.id_message, { ...change, versions })?.message
    : isMeant(versions, said) && messages.change(thread, path.id_message, change);
  if (!edited) throw new Problem('message-changed');
  return { status: 200, body: edited };
};

export const deleteMessage: Operation<'deleteMessage'> = ({ thread, path, versions }, { messages, replies }) => {
  const { id_message } = path;
  const message = messages.get(thread, id_message);
  if (!message) throw new Problem('message-not-found');
  if (!isMeant(versions, message)) throw new Problem('message-changed');
  const gone = [id_message, message.id_reply];
  for (const id of gone) if (id !== undefined) messages.delete(thread, id);
  replies.forget((_thread, id) => gone.includes(id));
  return { status: 200, body: { id_message, status: 'deleted' } };
};
