import type { Handler } from '../operation.ts';

export const refreshSession: Handler<'refreshSession'> = async ({ session }, { identity }) => ({
  status: 200,
  body: { message: 'Session refreshed' },
  session: await identity.refresh(session),
});
