import { loggedInAs, type Scenario, stranger } from './people.ts';

const HOUR_MS = 3_600_000;

export const sessions: Record<string, Scenario> = {
  async 'nobody is refused, and may log out'(api) {
    const nobody = stranger(api);
    await nobody.get('/health');
    await nobody.get('/users/me');
    await nobody.post('/users/refresh');
    await nobody.post('/users/logout');
    return nobody.answers;
  },

  'an access token is good for an hour, and a refresh token for one refresh and half a minute': loggedInAs(
    async (ada, api) => {
      const refreshToken = ada.jar.get('refresh_token') ?? '';
      await ada.get('/users/me');
      api.passes(HOUR_MS);
      await ada.get('/users/me');
      await ada.post('/users/refresh');
      await ada.get('/users/me');
      api.passes(20_000);
      const headers = { cookie: `refresh_token=${refreshToken}` };
      await ada.call('POST', '/users/refresh', { headers });
      api.passes(20_000);
      await ada.call('POST', '/users/refresh', { headers });
      await ada.post('/users/refresh');
    },
  ),

  'a session that goes on and on is over after thirty days': loggedInAs(async (ada, api) => {
    api.passes(15 * 24 * HOUR_MS);
    await ada.post('/users/refresh');
    api.passes(15 * 24 * HOUR_MS);
    await ada.post('/users/refresh');
  }),

  'a logout ends this session alone': loggedInAs(async (ada) => {
    const other = await ada.elsewhere();
    const cookie = [...ada.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    await ada.post('/users/logout');
    await ada.post('/users/logout');
    await ada.call('GET', '/users/me', { headers: { cookie } });
    await ada.call('POST', '/users/refresh', { headers: { cookie } });
    await other.get('/users/me');
  }),

  'a logout everywhere ends all of them': loggedInAs(async (ada) => {
    const other = await ada.elsewhere();
    await ada.post('/users/logout/everywhere');
    await ada.get('/users/me');
    await other.get('/users/me');
    await other.post('/users/refresh');
  }),

  'a bearer token takes the place of the cookies, and is given none': loggedInAs(async (ada, api) => {
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    const machine = stranger(api, ada.answers);
    await machine.call('GET', '/users/me', { headers });
    await ada.call('GET', '/users/me', { headers });
    await machine.call('POST', '/users/refresh', { headers });
    const change = { current_password: ada.credentials.password, new_password: 'canary-2' };
    await machine.call('PUT', '/users/me/password', { headers, json: change });
    await machine.call('GET', '/users/me', { headers });
  }),

  'a bearer token logs out, too': loggedInAs(async (ada, api) => {
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    const machine = stranger(api, ada.answers);
    await machine.call('POST', '/users/logout', { headers });
    await machine.call('GET', '/users/me', { headers });
  }),
};
