/**
 * A transport for `useChat` and everything else that speaks to an AI SDK `ChatTransport`. Needs `ai` 6 or 7 for its types.
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
