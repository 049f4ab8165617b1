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

/** A client of the API. It holds one session. */
export interface Client {
  /** Lists and manages conversations other than the default one. */
  readonly conversations: Conversations;
  /** Checks the liveness of the service. */
  readonly health: Health;
  /** Sends and manages messages, and streams replies. */
  readonly messages: Messages;
  /** Manages the account and the session of the user. */
  readonly users: Users;
  /** The session of this client. */
  readonly session: {
    /**
     * Exports the session. Store it as JSON and pass it to another `createClient`. In a browser it is empty, because scripts
     * cannot read the cookies. Every refresh replaces the session, so two clients cannot share one for long.
     *
     * @example
     * await writeFile('session.json', JSON.stringify(client.session.export()), { mode: 0o600 });
     */
    export(): SessionState;
  };
  /**
   * Calls any operation of the API by its `operationId` in the OpenAPI document, with its `path`, `query`, `header` and `body`.
   *
   * @example
   * const message = await client.request('editMessage', { path: { id_message: id }, body: { content: 'Hello!' } });
   */
  readonly request: OperationCaller;
}

/**
 * Creates a client. Sends no request. Throws a `TypeError` if `baseUrl` is not an http or https URL.
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
