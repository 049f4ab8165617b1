/**
 * A chat transport for the AI SDK, for `useChat` and anything else that accepts a `ChatTransport`. Requires the types of `ai`:
 * version 7 from 7.0.138, or version 6 from 6.0.304.
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
