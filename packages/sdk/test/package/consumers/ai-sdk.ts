import { createClient } from '@async-chatbot/sdk';
import { type ChatMessage, createChatTransport, toUIMessages } from '@async-chatbot/sdk/ai-sdk';
import type { ChatTransport, UIMessage } from 'ai';

const client = createClient({ baseUrl: 'http://localhost:8000' });
const transport = createChatTransport(client, { conversationOf: () => undefined });
export const typed: ChatTransport<ChatMessage> = transport;
export const plain: ChatTransport<UIMessage> = createChatTransport(client);
export const history: Promise<ChatMessage[]> = transport.loadMessages('canary');
export const rating: 'up' | 'down' | undefined = toUIMessages([])[0]?.metadata?.feedback?.rating;
// @ts-expect-error: metadata is typed by the API
export const wrong: number | undefined = toUIMessages([])[0]?.metadata?.status;
