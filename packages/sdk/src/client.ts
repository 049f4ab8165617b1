import type { OperationCaller } from './operation.ts';
import type { ClientOptions } from './options.ts';
import { createRequest } from './request.ts';
import { conversationsResource } from './resources/conversations.ts';
import { healthResource } from './resources/health.ts';
import { messagesResource } from './resources/messages.ts';
import { usersResource } from './resources/users.ts';

/** A client of the API; it holds one session. */
export interface Client {
  /** Threads of messages beside the default one. */
  readonly conversations: ReturnType<typeof conversationsResource>;
  /** Is the service there? */
  readonly health: ReturnType<typeof healthResource>;
  /** What the caller said and what the bot answered. */
  readonly messages: ReturnType<typeof messagesResource>;
  /** The life of an account and of a session. */
  readonly users: ReturnType<typeof usersResource>;
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
  const request = createRequest(options);
  return {
    conversations: conversationsResource(request),
    health: healthResource(request),
    messages: messagesResource(request, options.maxRetries),
    users: usersResource(request),
    request,
  };
}
