import type { ClientOptions } from '../../src/index.ts';
import { mockSession } from './mock-session.ts';

/** Creates a conversation on a mock server. By default, the client does not retry. */
export async function conversation(clientOptions: Partial<ClientOptions> = { maxRetries: 0 }) {
  const { server, client } = await mockSession({}, clientOptions);
  const { id_conversation: id } = await client.conversations.create();
  return {
    server,
    client,
    id,
    /** Returns the contents of the stored messages, oldest first. */
    async stored() {
      const { messages } = await client.messages.list({ id_conversation: id });
      return messages.reverse().map(({ content }) => content);
    },
    /** Returns the operations called since the conversation was created. */
    called: () => server.requests.slice(2).map(({ operationId }) => operationId),
  };
}
