import { Problem } from '@async-chatbot/shared/problem';
import type { Operation } from '../call.ts';

export const loginUser: Operation<'loginUser'> = ({ body }, { accounts, sessions }) => {
  const account = accounts.find(body.email);
  if (account?.password !== body.password) throw new Problem('invalid-credentials');
  if (!account.isConfirmed) throw new Problem('email-not-confirmed');
  return { status: 200, body: { message: 'Login successful' }, session: sessions.open(account) };
};

export const refreshSession: Operation<'refreshSession'> = ({ tokens }, { sessions }) => ({
  status: 200,
  body: { message: 'Session refreshed' },
  session: sessions.renew(tokens),
});

export const logoutUser: Operation<'logoutUser'> = ({ tokens }, { sessions }) => {
  sessions.end(tokens);
  return { status: 200, body: { message: 'Logout successful' }, session: null };
};

export const logoutEverywhere: Operation<'logoutEverywhere'> = ({ caller }, { sessions }) => {
  sessions.endAllOf(caller.account);
  return { status: 200, body: { message: 'Logout successful' }, session: null };
};
