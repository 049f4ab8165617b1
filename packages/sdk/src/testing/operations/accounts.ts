import { Problem } from '@async-chatbot/shared/problem';
import type { Operation } from '../call.ts';

const CHECK_EMAIL = { status: 202, body: { message: 'Check your e-mail' } } as const;

export const registerUser: Operation<'registerUser'> = ({ body }, { accounts, registration }) => {
  const account = accounts.add(body, registration === 'open');
  if (registration === 'open') {
    if (!account) throw new Problem('email-taken');
    return { status: 201, body: { message: 'User created successfully' } };
  }
  // Nobody learns whether the address was taken.
  if (account) accounts.sendCode(account, 'confirm');
  return CHECK_EMAIL;
};

export const confirmUser: Operation<'confirmUser'> = ({ body: { email, code } }, { accounts }) => {
  accounts.redeem(email, code, 'confirm').isConfirmed = true;
  return { status: 200, body: { message: 'E-mail address confirmed' } };
};

export const resendConfirmation: Operation<'resendConfirmation'> = ({ body }, { accounts }) => {
  const account = accounts.find(body.email);
  if (account && !account.isConfirmed) accounts.sendCode(account, 'confirm');
  return CHECK_EMAIL;
};

export const forgotPassword: Operation<'forgotPassword'> = ({ body }, { accounts }) => {
  const account = accounts.find(body.email);
  if (account?.isConfirmed) accounts.sendCode(account, 'reset');
  return CHECK_EMAIL;
};

export const resetPassword: Operation<'resetPassword'> = ({ body }, { accounts, sessions }) => {
  const { email, code, password } = body;
  const account = accounts.redeem(email, code, 'reset');
  account.password = password;
  sessions.endAllOf(account);
  return { status: 200, body: { message: 'Password changed' } };
};

export const changePassword: Operation<'changePassword'> = ({ body, caller: { account } }, { sessions }) => {
  if (account.password !== body.current_password) throw new Problem('wrong-password');
  account.password = body.new_password;
  sessions.endAllOf(account);
  return { status: 200, body: { message: 'Password changed' }, session: sessions.open(account) };
};

export const getCurrentUser: Operation<'getCurrentUser'> = ({ caller: { account } }) => ({
  status: 200,
  body: { user_id: account.user_id, email: account.email },
});
