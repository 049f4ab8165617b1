import { loggedInAs, type Scenario, stranger } from './people.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** With open registration. */
export const openAccounts: Record<string, Scenario> = {
  async 'an address is registered once, in whatever case'(api) {
    const ada = stranger(api);
    await ada.post('/users/register', ada.credentials);
    await ada.post('/users/register', ada.credentials);
    const { email, password } = ada.credentials;
    await ada.post('/users/register', { email: email.replace('canary', 'CANARY'), password });
    await ada.post('/users/login', { email: email.replace('canary', 'CANARY'), password });
    return ada.answers;
  },

  async 'a wrong password and an unknown address get the same answer'(api) {
    const ada = stranger(api);
    await ada.post('/users/register', ada.credentials);
    await ada.post('/users/login', { ...ada.credentials, password: 'canary-2' });
    await ada.post('/users/login', { ...ada.credentials, email: 'canary-nobody@example.com' });
    return ada.answers;
  },

  'a forgotten password is reset by a code, which ends every session': loggedInAs(async (ada, api) => {
    const { email } = ada.credentials;
    await ada.post('/users/password/forgot', { email });
    await ada.post('/users/password/forgot', { email: 'canary-nobody@example.com' });
    const code = api.codeFor(email);
    await ada.post('/users/password/reset', { email, code: `${code}0`, password: 'canary-2' });
    await ada.post('/users/confirm', { email, code });
    await ada.post('/users/password/reset', { email, code, password: 'canary-2' });
    await ada.post('/users/password/reset', { email, code, password: 'canary-3' });
    await ada.get('/users/me');
    await ada.post('/users/refresh');
    await ada.post('/users/login', ada.credentials);
    await ada.post('/users/login', { email, password: 'canary-2' });
  }),

  'a code to reset a password is good for an hour': loggedInAs(async (ada, api) => {
    const { email } = ada.credentials;
    await ada.post('/users/password/forgot', { email });
    api.passes(HOUR_MS);
    await ada.post('/users/password/reset', { email, code: api.codeFor(email), password: 'canary-2' });
  }),

  'a changed password ends the other sessions': loggedInAs(async (ada) => {
    const other = await ada.elsewhere();
    const [current_password, new_password] = [ada.credentials.password, 'canary-2'];
    await ada.put('/users/me/password', { current_password: 'canary-3', new_password });
    await ada.put('/users/me/password', { current_password, new_password });
    await ada.get('/users/me');
    await other.get('/users/me');
    await other.post('/users/refresh');
  }),

  'an account is deleted after a recent login alone': loggedInAs(async (ada, api) => {
    await ada.say();
    api.passes(6 * MINUTE_MS);
    await ada.delete('/users/me');
    const again = await ada.elsewhere();
    await again.delete('/users/me');
    await again.get('/users/me');
    await ada.get('/users/me');
    await ada.post('/users/login', ada.credentials);
    await ada.post('/users/register', ada.credentials);
    await ada.post('/users/login', ada.credentials);
    await ada.get('/messages');
  }),
};

/** With registrations that wait for a code. */
export const confirmedAccounts: Record<string, Scenario> = {
  async 'a registration is confirmed by a code, once'(api) {
    const ada = stranger(api);
    const { email } = ada.credentials;
    await ada.post('/users/register', ada.credentials);
    await ada.post('/users/login', ada.credentials);
    await ada.post('/users/login', { ...ada.credentials, password: 'canary-2' });
    await ada.post('/users/password/forgot', { email });
    const code = api.codeFor(email);
    await ada.post('/users/confirm', { email, code: `${code}0` });
    await ada.post('/users/confirm', { email: 'canary-nobody@example.com', code });
    await ada.post('/users/confirm', { email, code });
    await ada.post('/users/confirm', { email, code });
    await ada.post('/users/login', ada.credentials);
    await ada.post('/users/register', ada.credentials);
    return ada.answers;
  },

  async 'the newest code alone is good, for a day'(api) {
    const ada = stranger(api);
    const { email } = ada.credentials;
    await ada.post('/users/register', ada.credentials);
    const first = api.codeFor(email);
    await ada.post('/users/confirm/resend', { email });
    await ada.post('/users/confirm/resend', { email: 'canary-nobody@example.com' });
    await ada.post('/users/confirm', { email, code: first });
    api.passes(24 * HOUR_MS);
    await ada.post('/users/confirm', { email, code: api.codeFor(email) });
    await ada.post('/users/confirm/resend', { email });
    await ada.post('/users/confirm', { email, code: api.codeFor(email) });
    return ada.answers;
  },
};
