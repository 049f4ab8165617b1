import { Problem } from '@async-chatbot/shared/problem';
import type { Handler } from '../operation.ts';

const RECENT_MS = 5 * 60 * 1000;

export const deleteCurrentUser: Handler<'deleteCurrentUser'> = async (
  { user, session },
  { identity, messages, now },
) => {
  if (now().getTime() - user.loggedInAt.getTime() > RECENT_MS) throw new Problem('recent-login-required');

  // Messages first, so that an interrupted deletion can be repeated.
  await messages.deleteAll(user.id);
  // Requests in progress may still write. This deletes it even if the server stops before it can schedule the whole deletion; if
  // the account cannot be deleted, what its user writes later stays.
  await messages.scheduleDeleteAll(user.id, { before: now() });
  await identity.deleteUser(session);
  // The account no longer exists, so an error would not help the user.
  await Promise.allSettled([messages.scheduleDeleteAll(user.id), messages.deleteAll(user.id)]);

  return { status: 200, body: { message: 'Account deleted' }, session: null };
};
