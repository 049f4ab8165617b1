import { ApiError, type Client, createClient, type Message, type ProblemCode } from '@async-chatbot/sdk';
import { createMockServer } from '@async-chatbot/sdk/testing';

const client: Client = createClient({ baseUrl: 'http://localhost:8000', fetch: createMockServer().fetch });
export const reply = async (content: string): Promise<Message> =>
  (await client.messages.send({ content })).bot_response;
export const code = (error: unknown): ProblemCode | undefined => (error instanceof ApiError ? error.code : undefined);
// @ts-expect-error: the content must be a string
export const wrong = () => client.request('sendMessage', { body: { content: 1 } });
