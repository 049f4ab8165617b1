import { describe, expect, test } from 'vitest';
import {
  type CallOptions,
  type Client,
  createClient,
  type Message,
  type OperationId,
  type OperationResult,
} from '../src/index.ts';
import { fixtureServer, json, ndjson } from './support/fixture-server.ts';

/** The call of a method, and the request and response that it must lead to. For a stream, the response is an array. */
interface Call<Id extends OperationId> {
  readonly call: (client: Omit<Client, 'request'>, options?: CallOptions) => Awaitable<OperationResult<Id>>;
  readonly line: string;
  readonly body?: unknown;
  readonly response: OperationResult<Id> extends AsyncIterable<infer Item> ? readonly Item[] : OperationResult<Id>;
}

type Awaitable<Result> = [Result] extends [AsyncIterable<unknown>] ? Result : Promise<Result>;

const id = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';
const account = { email: 'ada@example.com', password: 'Password123' };
const draft = { content: 'Grüße, "chatbot" 🤖' };
const email = 'canary@example.com';
const passwords = { current_password: 'Canary123', new_password: 'Canary456' };
const reset = { email, code: '123456', password: 'Canary456' };
const message: Message = {
  id_message: id,
  id_user: '5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21',
  content: draft.content,
  timestamp: '2026-11-22T07:33:21.025Z',
  is_bot: false,
  version: 1,
};
const conversation = { id_conversation: id, created_at: message.timestamp, updated_at: message.timestamp };
const exchange = { user_message: message, bot_response: { ...message, is_bot: true, status: 'completed' as const } };

// Compiles only if every operation has a method; `resumeReply` is in streaming/reply-stream.test.ts.
const calls: { readonly [Id in Exclude<OperationId, 'resumeReply'>]: Call<Id> } = {
  getHealth: { call: (client, options) => client.health.get(options), line: 'GET /health', response: { status: 'OK' } },
  getReadiness: {
    call: (client, options) => client.health.ready(options),
    line: 'GET /ready',
    response: { status: 'READY', dependencies: [{ name: 'table', status: 'OK', age_seconds: 1 }] },
  },
  registerUser: {
    call: (client, options) => client.users.register(account, options),
    line: 'POST /users/register',
    body: account,
    response: { message: 'User created successfully' },
  },
  confirmUser: {
    call: (client, options) => client.users.confirm({ email, code: '123456' }, options),
    line: 'POST /users/confirm',
    body: { email, code: '123456' },
    response: { message: 'E-mail address confirmed' },
  },
  resendConfirmation: {
    call: (client, options) => client.users.resendConfirmation({ email }, options),
    line: 'POST /users/confirm/resend',
    body: { email },
    response: { message: 'Check your e-mail' },
  },
  loginUser: {
    call: (client, options) => client.users.login(account, options),
    line: 'POST /users/login',
    body: account,
    response: { message: 'Login successful' },
  },
  refreshSession: {
    call: (client, options) => client.users.refresh(options),
    line: 'POST /users/refresh',
    response: { message: 'Session refreshed' },
  },
  logoutUser: {
    call: (client, options) => client.users.logout(options),
    line: 'POST /users/logout',
    response: { message: 'Logout successful' },
  },
  logoutEverywhere: {
    call: (client, options) => client.users.logoutEverywhere(options),
    line: 'POST /users/logout/everywhere',
    response: { message: 'Logout successful' },
  },
  forgotPassword: {
    call: (client, options) => client.users.forgotPassword({ email }, options),
    line: 'POST /users/password/forgot',
    body: { email },
    response: { message: 'Check your e-mail' },
  },
  resetPassword: {
    call: (client, options) => client.users.resetPassword(reset, options),
    line: 'POST /users/password/reset',
    body: reset,
    response: { message: 'Password changed' },
  },
  getCurrentUser: {
    call: (client, options) => client.users.me(options),
    line: 'GET /users/me',
    response: { user_id: message.id_user, email: account.email },
  },
  deleteCurrentUser: {
    call: (client, options) => client.users.delete(options),
    line: 'DELETE /users/me',
    response: { message: 'Account deleted' },
  },
  changePassword: {
    call: (client, options) => client.users.changePassword(passwords, options),
    line: 'PUT /users/me/password',
    body: passwords,
    response: { message: 'Password changed' },
  },
  exportData: {
    call: (client, options) => client.users.export(options),
    line: 'GET /users/me/export',
    response: [{ user: { user_id: message.id_user, email } }, { message }, { end: { conversations: 0, messages: 1 } }],
  },
  listMessages: {
    call: (client, options) => client.messages.list({ limit: 2, cursor: 'AZNQ5mV4cAGz0Lx2a5cQ3g' }, options),
    line: 'GET /messages?limit=2&cursor=AZNQ5mV4cAGz0Lx2a5cQ3g',
    response: { messages: [message], next_cursor: 'AZNafQwBfFWaAmsfDp2Mew' },
  },
  sendMessage: {
    call: (client, options) => client.messages.send(draft, options),
    line: 'POST /messages',
    body: draft,
    response: exchange,
  },
  getUsage: {
    call: (client, options) => client.users.usage(options),
    line: 'GET /users/me/usage',
    response: { day: '2026-11-22', resets_at: '2026-11-23T00:00:00.000Z' },
  },
  getMessage: {
    call: (client, options) => client.messages.get(id, { id_conversation: id, ...options }),
    line: `GET /messages/${id}?id_conversation=${id}`,
    response: message,
  },
  regenerateReply: {
    call: (client, options) => client.messages.regenerate(id, options),
    line: `POST /messages/${id}/regenerate`,
    response: exchange,
  },
  cancelReply: {
    call: (client, options) => client.messages.cancel(id, options),
    line: `POST /messages/${id}/cancel`,
    response: message,
  },
  rateReply: {
    call: (client, options) => client.messages.rate(id, { rating: 'up' }, options),
    line: `PUT /messages/${id}/feedback`,
    body: { rating: 'up' },
    response: message,
  },
  listConversations: {
    call: (client, options) => client.conversations.list({ limit: 2 }, options),
    line: 'GET /conversations?limit=2',
    response: { conversations: [conversation] },
  },
  createConversation: {
    call: (client, options) => client.conversations.create({ title: 'canary' }, options),
    line: 'POST /conversations',
    body: { title: 'canary' },
    response: conversation,
  },
  getConversation: {
    call: (client, options) => client.conversations.get(id, options),
    line: `GET /conversations/${id}`,
    response: conversation,
  },
  updateConversation: {
    call: (client, options) => client.conversations.rename(id, 'canary', options),
    line: `PATCH /conversations/${id}`,
    body: { title: 'canary' },
    response: conversation,
  },
  deleteConversation: {
    call: (client, options) => client.conversations.delete(id, options),
    line: `DELETE /conversations/${id}`,
    response: { id_conversation: id, status: 'deleted' },
  },
  editMessage: {
    call: (client, options) => client.messages.edit(id, draft, options),
    line: `PUT /messages/${id}`,
    body: draft,
    response: message,
  },
  deleteMessage: {
    call: (client, options) => client.messages.delete(id, options),
    line: `DELETE /messages/${id}`,
    response: { id_message: id, status: 'deleted' },
  },
};

describe.each(Object.entries(calls))('%s', (_, { call, line, body, response }) => {
  test('sends the documented request and returns the body of the response', async () => {
    const isStream = Array.isArray(response);
    const server = await fixtureServer(isStream ? ndjson(response) : json(response));

    const result = call(createClient({ baseUrl: server.url }));
    expect(await (result instanceof Promise ? result : itemsOf(result))).toEqual(response);

    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    expect(request?.line).toBe(line);
    expect(request?.body).toBe(body === undefined ? '' : JSON.stringify(body));
    const accept = `application/${isStream ? 'x-ndjson' : 'json'}, application/problem+json`;
    expect(request?.headers).toMatchObject({ accept });
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

test.each(Object.entries(calls))('%s passes its signal on', async (_, { call }) => {
  const reason = new Error('enough');
  const aborted = call(createClient({ baseUrl: 'http://127.0.0.1' }), { signal: AbortSignal.abort(reason) });
  await expect(aborted instanceof Promise ? aborted : itemsOf(aborted)).rejects.toBe(reason);
});

test('resumeReply passes its signal on', async () => {
  const reason = new Error('enough');
  const { messages } = createClient({ baseUrl: 'http://127.0.0.1' });
  await expect(messages.resume(id, { signal: AbortSignal.abort(reason) }).text()).rejects.toBe(reason);
});

test.each(['localhost:8000', '/', '', 'ftp://chat.example'])(
  'rejects %j as baseUrl with an error that names the option',
  (baseUrl) => {
    expect(() => createClient({ baseUrl })).toThrow(/^baseUrl must be an http or https URL/);
  },
);

async function itemsOf<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
