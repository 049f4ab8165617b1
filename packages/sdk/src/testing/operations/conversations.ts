import { Problem } from '@async-chatbot/shared/problem';
import type { Operation } from '../call.ts';

export const listConversations: Operation<'listConversations'> = ({ caller, query }, { conversations }) => ({
  status: 200,
  body: conversations.list(caller.account.user_id, query),
});

export const createConversation: Operation<'createConversation'> = ({ caller, body }, { conversations }) => ({
  status: 201,
  body: conversations.create(caller.account.user_id, body.title),
});

export const getConversation: Operation<'getConversation'> = ({ caller, path }, { conversations }) => {
  const conversation = conversations.get(caller.account.user_id, path.id_conversation);
  if (!conversation) throw new Problem('conversation-not-found');
  return { status: 200, body: conversation };
};

export const updateConversation: Operation<'updateConversation'> = ({ caller, path, body }, { conversations }) => {
  const renamed = conversations.rename(caller.account.user_id, path.id_conversation, body.title);
  if (!renamed) throw new Problem('conversation-not-found');
  return { status: 200, body: renamed };
};

export const deleteConversation: Operation<'deleteConversation'> = ({ caller, path }, memory) => {
  const { id_conversation } = path;
  const thread = { userId: caller.account.user_id, id_conversation };
  if (!memory.conversations.delete(thread.userId, id_conversation)) throw new Problem('conversation-not-found');
  memory.messages.deleteThread(thread);
  memory.replies.forget((other) => other.userId === thread.userId && other.id_conversation === id_conversation);
  return { status: 200, body: { id_conversation, status: 'deleted' } };
};
