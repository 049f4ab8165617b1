import { randomUUID } from 'node:crypto';
import { Agent, fetch as fetchWith } from 'undici';
import { type Client, connect, loggedIn, type Send, type TestResponse } from '../requests/client.ts';
import { openStream } from '../requests/open-stream.ts';

interface SendOptions {
  /** By default, a text that no other message has. */
  content?: string;
  /** The idempotency key. */
  key?: string;
  /** The conversation; by default, the default one. */
  conversation?: string;
}

/** A user, whose session and record are the same at every server. */
export interface User {
  id: string;
  jar: Client['jar'];
  /** The ids of all messages and replies that the servers have acknowledged. */
  acknowledged: Set<string>;
  /** Sends with an idempotency key that no server has acknowledged, by key. */
  unacknowledged: Map<string, SendOptions>;
  at(server: { baseUrl: string }): User;
  call: Client['call'];
  send(options?: SendOptions): Promise<TestResponse>;
  /** Sends a message whose reply is streamed. */
  stream(options?: SendOptions): ReturnType<typeof openStream>;
  follow(id_reply: string): ReturnType<typeof openStream>;
  newConversation(): Promise<string>;
}

/** Connections of one row, so that none stays open after it. */
export function connections() {
  let dispatcher = new Agent();
  // The cast: undici's fetch is the one of Node.js, but has its own types.
  const send = ((url: string, init: object) => fetchWith(url, { ...init, dispatcher })) as unknown as Send;
  return {
    send,
    /** Closes all connections; later requests open new ones. */
    async close() {
      const closing = dispatcher.destroy();
      dispatcher = new Agent();
      await closing;
    },
  };
}

/** Registers a user and logs in. */
export async function newUser({ baseUrl }: { baseUrl: string }, send: Send): Promise<User> {
  const client = await loggedIn(baseUrl, send);
  const { user_id } = (await client.call('GET', '/users/me')).body;
  return userAt({ baseUrl, send, id: user_id, jar: client.jar, acknowledged: new Set(), unacknowledged: new Map() });
}

interface Known extends Pick<User, 'id' | 'jar' | 'acknowledged' | 'unacknowledged'> {
  baseUrl: string;
  send: Send;
}

function userAt(known: Known): User {
  const { baseUrl, send, id, jar, acknowledged, unacknowledged } = known;
  const client = connect(baseUrl, send);
  for (const [name, value] of jar) client.jar.set(name, value);
  const { call } = client;

  function record({ user_message, bot_response }: Record<string, { id_message: string } | undefined>, key = ''): void {
    for (const message of [user_message, bot_response]) if (message) acknowledged.add(message.id_message);
    unacknowledged.delete(key);
  }

  function requestOf({ content = `canary hello ${randomUUID()}`, key, conversation }: SendOptions = {}) {
    if (key !== undefined) unacknowledged.set(key, { content, key, ...(conversation && { conversation }) });
    return {
      path: `/messages${conversation === undefined ? '' : `?id_conversation=${conversation}`}`,
      json: { content },
      headers: key === undefined ? {} : { 'idempotency-key': key },
    };
  }

  return {
    id,
    jar,
    acknowledged,
    unacknowledged,
    at: (server) => userAt({ ...known, baseUrl: server.baseUrl }),
    call,

    async send(options) {
      const { path, ...request } = requestOf(options);
      const response = await call('POST', path, request);
      if (response.status < 300) record(response.body, options?.key);
      return response;
    },

    stream(options) {
      const { path, ...request } = requestOf(options);
      const onEvent = (event: Parameters<typeof record>[0]) => record(event, options?.key);
      return openStream({ baseUrl, jar, send }, 'POST', path, { ...request, onEvent });
    },

    follow: (id_reply) => openStream({ baseUrl, jar, send }, 'GET', `/messages/${id_reply}/events`),
    newConversation: async () => (await call('POST', '/conversations', { json: {} })).body.id_conversation,
  };
}
