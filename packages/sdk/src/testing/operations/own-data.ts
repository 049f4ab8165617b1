import { dayOf } from '@async-chatbot/shared/day';
import { Problem } from '@async-chatbot/shared/problem';
import type { ExportedItem } from '../../schemas.ts';
import type { Operation } from '../call.ts';

const RECENT_MS = 5 * 60_000;

export const exportData: Operation<'exportData'> = ({ caller: { account } }, { conversations, messages }) => {
  const { user_id, email } = account;
  const said = (id_conversation?: string) => messages.all({ userId: user_id, id_conversation });
  const { conversations: threads } = conversations.list(user_id, { limit: Number.POSITIVE_INFINITY });
  const lines: ExportedItem[] = [
    { user: { user_id, email } },
    ...threads.flatMap((conversation) => [
      { conversation },
      ...said(conversation.id_conversation).map((message) => ({ message })),
    ]),
    ...said().map((message) => ({ message })),
  ];
  return { status: 200, lines };
};

/** The mock has no quotas. */
export const getUsage: Operation<'getUsage'> = (_call, { now }) => {
  const { name, endSeconds } = dayOf(now());
  return { status: 200, body: { day: name, resets_at: new Date(endSeconds * 1000).toISOString() } };
};

export const deleteCurrentUser: Operation<'deleteCurrentUser'> = ({ caller }, memory) => {
  const { account, loggedInAtMs } = caller;
  if (memory.now().getTime() - loggedInAtMs > RECENT_MS) throw new Problem('recent-login-required');
  memory.replies.forget(({ userId }) => userId === account.user_id);
  memory.messages.deleteAll(account.user_id);
  memory.conversations.deleteAll(account.user_id);
  memory.sessions.endAllOf(account);
  memory.accounts.delete(account);
  return { status: 200, body: { message: 'Account deleted' }, session: null };
};
