import { expect, it } from 'vitest';
import { CLIENT, startPool } from '../../support/servers/cognito-pool.ts';

const UserPoolId = 'local_chatbot';
const Password = 'canary-2';

it('AdminSetUserPassword confirms the account with the password', async () => {
  const { cognito, register, login } = await startPool({ registration: 'confirm' });
  const { email } = await register();
  await cognito.adminSetUserPassword({ UserPoolId, Username: email, Password, Permanent: true });
  await login({ email, password: Password });
});

it('AdminSetUserPassword is refused without the permission, and changes nothing', async () => {
  const { cognito, register, login } = await startPool({ allowAdmin: false });
  const credentials = await register();
  const change = { UserPoolId, Username: credentials.email, Password, Permanent: true };
  await expect(cognito.adminSetUserPassword(change)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await login(credentials);
});

it('AdminSetUserPassword is refused without a signature, unlike a public operation', async () => {
  const { endpoint, register } = await startPool();
  const { email } = await register();
  const send = async (operation: string, input: object) => {
    const headers = { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` };
    const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(input) });
    return (await response.text()).match(/\w+Exception/)?.[0];
  };
  const change = { UserPoolId, Username: email, Password, Permanent: true };
  expect(await send('AdminSetUserPassword', change)).toBe('MissingAuthenticationTokenException');
  expect(await send('ForgotPassword', { ...CLIENT, Username: email })).toBeUndefined();
});
