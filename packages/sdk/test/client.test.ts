import { describe, expect, test } from 'vitest';
import { type Client, createClient, type Message, type OperationId, type OperationResult } from '../src/index.ts';
import { fixtureServer, json } from './fixture-server.ts';

/** An operation as its method calls it, and what must go over the wire. */
interface Call<Id extends OperationId> {
  readonly call: (client: Omit<Client, 'request'>) => Promise<OperationResult<Id>>;
  readonly line: string;
  readonly body?: unknown;
  readonly answer: OperationResult<Id>;
}

const id = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';
const account = { email: 'ada@example.com', password: 'Password123' };
const draft = { content: 'Grüße, "chatbot" 🤖' };
const message: Message = {
  id_message: id,
  id_user: '5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21',
  content: draft.content,
  timestamp: '2026-11-22T07:33:21.025Z',
  is_bot: false,
};

// Does not compile while an operation of the spec has no method.
const calls: { readonly [Id in OperationId]: Call<Id> } = {
  getHealth: { call: (client) => client.health.get(), line: 'GET /health', answer: { status: 'OK' } },
  registerUser: {
    call: (client) => client.users.register(account),
    line: 'POST /users/register',
    body: account,
    answer: { message: 'User created successfully' },
  },
  loginUser: {
    call: (client) => client.users.login(account),
    line: 'POST /users/login',
    body: account,
    answer: { message: 'Login successful' },
  },
  logoutUser: {
    call: (client) => client.users.logout(),
    line: 'POST /users/logout',
    answer: { message: 'Logout successful' },
  },
  getCurrentUser: {
    call: (client) => client.users.me(),
    line: 'GET /users/me',
    answer: { user_id: message.id_user, email: account.email },
  },
  listMessages: {
    call: (client) => client.messages.list({ limit: 2, cursor: 'AZNQ5mV4cAGz0Lx2a5cQ3g' }),
    line: 'GET /messages?limit=2&cursor=AZNQ5mV4cAGz0Lx2a5cQ3g',
    answer: { messages: [message], next_cursor: 'AZNafQwBfFWaAmsfDp2Mew' },
  },
  sendMessage: {
    call: (client) => client.messages.send(draft),
    line: 'POST /messages',
    body: draft,
    answer: { user_message: message, bot_response: { ...message, is_bot: true } },
  },
  editMessage: {
    call: (client) => client.messages.edit(id, draft),
    line: `PUT /messages/${id}`,
    body: draft,
    answer: message,
  },
  deleteMessage: {
    call: (client) => client.messages.delete(id),
    line: `DELETE /messages/${id}`,
    answer: { id_message: id, status: 'deleted' },
  },
};

describe.each(Object.entries(calls))('%s', (_, { call, line, body, answer }) => {
  test('sends what the spec says and answers with the body', async () => {
    const server = await fixtureServer(json(answer));

    expect(await call(createClient({ baseUrl: server.url }))).toEqual(answer);

    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    expect(request?.line).toBe(line);
    expect(request?.body).toBe(body === undefined ? '' : JSON.stringify(body));
    expect(request?.headers).toMatchObject({ accept: 'application/json, application/problem+json' });
    expect(request?.headers['content-type']).toBe(body === undefined ? undefined : 'application/json');
    expect(request?.headers).not.toHaveProperty('cookie');
    expect(request?.headers).not.toHaveProperty('authorization');
  });
});

test('a list without parameters has no query', async () => {
  const server = await fixtureServer();
  await createClient({ baseUrl: server.url }).messages.list();
  expect(server.requests[0]?.line).toBe('GET /messages');
});

test('every method passes its signal on', async () => {
  const reason = new Error('enough');
  const signal = AbortSignal.abort(reason);
  const { health, messages, users } = createClient({ baseUrl: 'http://127.0.0.1' });

  const aborted = [
    health.get({ signal }),
    users.register(account, { signal }),
    users.login(account, { signal }),
    users.logout({ signal }),
    users.me({ signal }),
    messages.list({}, { signal }),
    messages.send(draft, { signal }),
    messages.edit(id, draft, { signal }),
    messages.delete(id, { signal }),
  ];

  for (const call of aborted) await expect(call).rejects.toBe(reason);
});

test.each(['localhost:8000', '/', '', 'ftp://chat.example'])(
  'refuses %j as a base, and says which option it is',
  (baseUrl) => {
    expect(() => createClient({ baseUrl })).toThrow(/^baseUrl must be an http or https URL/);
  },
);
