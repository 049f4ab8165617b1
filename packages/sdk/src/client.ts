import type { OperationCaller } from './http/operation.ts';
import { callerOf } from './http/operation-caller.ts';
import { createRequest } from './http/operation-sender.ts';
import type { ClientOptions } from './options.ts';
import { type Conversations, conversationsResource } from './resources/conversations.ts';
import { type Health, healthResource } from './resources/health.ts';
import { type Messages, messagesResource } from './resources/messages.ts';
import { type Users, usersResource } from './resources/users.ts';
import { cookieJar } from './session/cookie-jar.ts';
import type { SessionState } from './session/set-cookie.ts';

/** A client of the API; it holds one session. */
export interface Client {
  /** Threads of messages beside the default one. */
  readonly conversations: Conversations;
  /** Is the service there? */
  readonly health: Health;
  /** What the caller said and what the bot answered. */
  readonly messages: Messages;
  /** The life of an account and of a session. */
  readonly users: Users;
  /** The session that this client holds. */
  readonly session: {
    /**
     * The session as it now stands, to be kept as JSON and given to another `createClient`; empty in a browser, which
     * shows no script its cookies. It changes with every refresh, and of two that go on with one session the slower loses it.
     *
     * @example
     * await writeFile('session.json', JSON.stringify(client.session.export()), { mode: 0o600 });
     */
    export(): SessionState;
  };
  /**
   * Calls any operation of the API by its name in the OpenAPI document.
   *
   * @example
   * const message = await client.request('editMessage', { path: { id_message: id }, body: { content: 'Hello!' } });
   */
  readonly request: OperationCaller;
}

/**
 * Makes a client.
 *
 * @example
 * const client = createClient({ baseUrl: 'https://chat.example.com' });
 * await client.users.login({ email: 'ada@example.com', password: 'Password123' });
 * const { bot_response } = await client.messages.send({ content: 'Hello!' });
 */
export function createClient(options: ClientOptions): Client {
  const jar = cookieJar(options.session);
  const request = callerOf(createRequest(options, jar));
  return {
    conversations: conversationsResource(request),
    health: healthResource(request),
    messages: messagesResource(request, options),
    users: usersResource(request),
    session: { export: jar.cookies },
    request,
  };
}
