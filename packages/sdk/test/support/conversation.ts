import type { ClientOptions } from '../../src/index.ts';
import { ada } from './mock-session.ts';

/** A conversation on the mock server, of a client that does not retry unless it is said. */
export async function conversation(clientOptions: Partial<ClientOptions> = { maxRetries: 0 }) {
  const { server, client } = await ada({}, clientOptions);
  const { id_conversation: id } = await client.conversations.create();
  return {
    server,
    client,
    id,
    /** What the server has, oldest first. */
    async stored() {
      const { messages } = await client.messages.list({ id_conversation: id });
      return messages.reverse().map(({ content }) => content);
    },
    /** The operations that were called since the login. */
    called: () => server.requests.slice(2).map(({ operationId }) => operationId),
  };
}
