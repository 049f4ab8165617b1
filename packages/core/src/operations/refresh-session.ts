import type { Operation } from '../operation.ts';

export const refreshSession: Operation<'refreshSession'> = async ({ session }, { identity }) => ({
  status: 200,
  body: { message: 'Session refreshed' },
  session: await identity.refresh(session),
});
