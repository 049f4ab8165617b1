import type { OperationCaller } from './http/operation.ts';
import { operationCaller } from './http/operation-caller.ts';
import { operationSender } from './http/operation-sender.ts';
import type { ClientOptions } from './options.ts';
import { type Conversations, conversationsResource } from './resources/conversations.ts';
import { type Health, healthResource } from './resources/health.ts';
import { type Messages, messagesResource } from './resources/messages.ts';
import { type Users, usersResource } from './resources/users.ts';
import { cookieJar } from './session/cookie-jar.ts';
import type { SessionState } from './session/set-cookie.ts';

/** A client of the API, with one session. */
export interface Client {
  /** Conversations besides the default one. */
  readonly conversations: Conversations;
  /** The liveness of the service. */
  readonly health: Health;
  /** The messages of the user and the replies of the bot. */
  readonly messages: Messages;
  /** The account and session of the user. */
  readonly users: Users;
  /** The session of this client. */
  readonly session: {
    /**
     * Exports the session, to be stored as JSON and passed to another `createClient`. In a browser, which hides cookies from
     * scripts, it is empty. Every refresh replaces the session: of two clients that share one, the slower loses it.
     *
     * @example
     * await writeFile('session.json', JSON.stringify(client.session.export()), { mode: 0o600 });
     */
    export(): SessionState;
  };
  /**
   * Calls any operation of the API by its `operationId` in the OpenAPI document.
   *
   * @example
   * const message = await client.request('editMessage', { path: { id_message: id }, body: { content: 'Hello!' } });
   */
  readonly request: OperationCaller;
}

/**
 * Creates a client.
 *
 * @example
 * const client = createClient({ baseUrl: 'https://chat.example.com' });
 * await client.users.login({ email: 'ada@example.com', password: 'Password123' });
 * const { bot_response } = await client.messages.send({ content: 'Hello!' });
 */
export function createClient(options: ClientOptions): Client {
  const jar = cookieJar(options.session);
  const request = operationCaller(operationSender(options, jar));
  return {
    conversations: conversationsResource(request),
    health: healthResource(request),
    messages: messagesResource(request, options),
    users: usersResource(request),
    session: { export: jar.cookies },
    request,
  };
}
