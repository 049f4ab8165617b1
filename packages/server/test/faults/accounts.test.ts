/** Sessions that should end, or cannot begin. */
import { expect } from 'vitest';
import { clockAhead } from '../support/faults/clock-ahead.ts';
import { faultRow } from '../support/faults/fault-row.ts';
import { milliseconds, timed } from '../support/faults/figures.ts';
import { expectUnavailable } from '../support/faults/outage.ts';
import { connect, loggedIn, newCredentials } from '../support/requests/client.ts';
import { openStream, typesOf } from '../support/requests/open-stream.ts';
import { startPool } from '../support/servers/cognito-pool.ts';

faultRow(
  'C10',
  {
    fault: 'An attacker registers the address of a victim, who then registers and confirms it',
    criterion: 'the victim can log in, the attacker cannot',
  },
  async (open) => {
    const pool = await startPool({ registration: 'confirm' });
    const product = await open();
    await product.start();
    const { baseUrl } = await product.startCold({ ...pool.environment, REGISTRATION: 'confirm' });
    const { call } = connect(baseUrl, product.clients.send);
    const victim = newCredentials();
    const attacker = { ...victim, password: 'canary-attacker-1' };
    for (const json of [attacker, victim]) expect((await call('POST', '/users/register', { json })).status).toBe(202);
    const { code } = pool.mail.findLast(({ email }) => email === victim.email) ?? {};
    expect((await call('POST', '/users/confirm', { json: { ...victim, code } })).status).toBe(200);
    const logins = await Promise.all([attacker, victim].map((json) => call('POST', '/users/login', { json })));
    expect(logins.map(({ status }) => status)).toEqual([401, 200]);
    return '401 for the attacker, 200 for the victim';
  },
);

faultRow(
  'C18',
  {
    fault: 'A password is changed while another session of the user has a stream open, on each of two servers',
    criterion:
      'both streams end within two seconds of the response, without the rest of the reply; the replies complete',
  },
  async (open) => {
    const product = await open({ environment: { BOT_WORD_DELAY_MS: '500' } });
    const servers = [await product.start(), await product.start()];
    const [here = { baseUrl: '' }] = servers;
    const { send } = product.clients;
    const ada = await loggedIn(here.baseUrl, send);
    const { email, password } = ada.credentials;
    const stolen = connect(here.baseUrl, send);
    expect((await stolen.call('POST', '/users/login', { json: ada.credentials })).status).toBe(200);
    const streams = await Promise.all(
      servers.map(({ baseUrl }) =>
        openStream({ baseUrl, jar: stolen.jar, send }, 'POST', '/messages', { json: { content: 'canary hello' } }),
      ),
    );
    for (const { events } of streams) await expect.poll(() => typesOf(events)).toContain('reply-delta');
    const json = { current_password: password, new_password: `${password}-new` };
    const changing = timed(() => ada.call('PUT', '/users/me/password', { json }));
    const { ms } = await timed(() => Promise.allSettled(streams.map(({ ended }) => ended)));
    const change = await changing;
    expect(change.result.status).toBe(200);
    for (const { events } of streams) expect(typesOf(events)).not.toContain('reply-completed');
    expect(ms - change.ms).toBeLessThan(2000);
    expect((await stolen.call('GET', '/users/me')).status).toBe(401);

    const replies = async () =>
      (await ada.call('GET', '/messages')).body.messages.filter(({ is_bot }: { is_bot: boolean }) => is_bot);
    const completed = expect.objectContaining({ status: 'completed' });
    await expect.poll(replies, { timeout: 20_000 }).toEqual([completed, completed]);
    const login = { email, password: `${password}-new` };
    expect((await connect(here.baseUrl, send).call('POST', '/users/login', { json: login })).status).toBe(200);
    return `changed after ${milliseconds(change.ms)}, ended after ${milliseconds(ms)}`;
  },
);

faultRow(
  'C19',
  {
    fault: 'The clock of a server is two minutes behind Cognito’s',
    criterion: 'a login gets 503 with Retry-After, and the log states the skew',
  },
  async (open) => {
    const product = await open();
    const server = await product.start();
    const behind = await product.startCold(clockAhead(-120_000));
    const credentials = newCredentials();
    const late = connect(behind.baseUrl, product.clients.send);
    expect((await late.call('POST', '/users/register', { json: credentials })).status).toBe(201);
    expectUnavailable(await late.call('POST', '/users/login', { json: credentials }));
    const [, skew = ''] = await behind.prints(/"operation":"loginUser"[^\n]*ClockSkewError[^\n"]*?(\d+)s/);
    expect(Math.abs(Number(skew) - 120)).toBeLessThanOrEqual(5);
    const login = connect(server.baseUrl, product.clients.send).call('POST', '/users/login', { json: credentials });
    expect((await login).status).toBe(200);
    return `the log names a skew of ${skew} s`;
  },
);
