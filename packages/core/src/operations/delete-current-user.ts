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
  await identity.deleteUser(session);
  // Another session may have sent messages in the meantime.
  await messages.deleteAll(user.id);

  return { status: 200, body: { message: 'Account deleted' }, session: null };
};
