/**
 * A transport for `useChat` and everything else that speaks to an AI SDK `ChatTransport`. Needs `ai` for its types: 7 since
 * 7.0.138, or 6 since 6.0.304.
 *
 * @packageDocumentation
 * @example
 * import { useChat } from '@ai-sdk/react';
 * import { createChatTransport } from '@async-chatbot/sdk/ai-sdk';
 *
 * const chat = useChat({ id: id_conversation, transport: createChatTransport(client) });
 */
export { type ChatMessage, type ChatMetadata, toUIMessages } from './chat-message.ts';
export {
  type AsyncChatTransport,
  type ChatTransportOptions,
  createChatTransport,
  type HistoryOptions,
} from './chat-transport.ts';
