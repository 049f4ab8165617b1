/**
 * The client of the Async Chatbot API.
 *
 * @example
 * import { createClient } from '@async-chatbot/sdk';
 *
 * const client = createClient({ baseUrl: 'https://chat.example.com' });
 * const { bot_response } = await client.messages.send({ content: 'Hello!' });
 *
 * @packageDocumentation
 */
export { ApiError } from './api-error.ts';
export { type Client, createClient } from './client.ts';
export { ConnectionError } from './connection-error.ts';
export type { EventFrame } from './event-frames.ts';
export type { OperationCaller, OperationId, OperationInput, OperationResult } from './operation.ts';
export type { CallOptions, ClientOptions, Fetch } from './options.ts';
export type { ReplyStream } from './reply-stream.ts';
export type { ChangeOptions, MessageOptions, ResumeOptions, SendOptions } from './resources/messages.ts';
export type {
  Conversation,
  ConversationPage,
  Exchange,
  ExportedItem,
  Fault,
  Message,
  MessagePage,
  Problem,
  ProblemCode,
  ReplyEvent,
  Schemas,
  Usage,
  User,
} from './schemas.ts';
