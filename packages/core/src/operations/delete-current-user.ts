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
  // Other requests of the user may still write, until no server accepts the sessions any more.
  const cancelRepeat = await messages.repeatDeleteAll(user.id);
  await identity.deleteUser(session).catch(async (error: unknown) => {
    await cancelRepeat();
    throw error;
  });
  // The account no longer exists, so an error would help nobody, and the deletion is repeated.
  await messages.deleteAll(user.id).catch(() => undefined);

  return { status: 200, body: { message: 'Account deleted' }, session: null };
};
