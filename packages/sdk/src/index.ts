/**
 * The client of the Async Chatbot API.
 *
 * @packageDocumentation
 * @example
 * import { createClient } from '@async-chatbot/sdk';
 *
 * const client = createClient({ baseUrl: 'https://chat.example.com' });
 * const { bot_response } = await client.messages.send({ content: 'Hello!' });
 */
export { ApiError, type CodeOf } from './api-error.ts';
export type { Call, PageCall } from './call.ts';
export { type Client, createClient } from './client.ts';
export { ConnectionError } from './connection-error.ts';
export type { EventFrame } from './event-frames.ts';
export type { AttemptRequest, Middleware, Next } from './middleware.ts';
export type { OperationCall, OperationCaller, OperationId, OperationInput, OperationResult } from './operation.ts';
export type {
  CallOptions,
  ChangeOptions,
  ClientOptions,
  Fetch,
  MessageOptions,
  ResumeOptions,
  SendOptions,
} from './options.ts';
export type { ReplyStream } from './reply-stream.ts';
export type { Conversations } from './resources/conversations.ts';
export type { Health } from './resources/health.ts';
export type { Messages } from './resources/messages.ts';
export type { Users } from './resources/users.ts';
export type {
  Conversation,
  ConversationPage,
  Exchange,
  ExportedItem,
  Fault,
  FinishReason,
  Message,
  MessagePage,
  Problem,
  ProblemCode,
  ReplyEvent,
  Schemas,
  Usage,
  User,
} from './schemas.ts';
export type { SessionState } from './set-cookie.ts';
export {
  type ApiErrorClass,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionDeniedError,
  PreconditionFailedError,
  RateLimitError,
  ServerError,
  UnprocessableEntityError,
} from './status-errors.ts';
export { TimeoutError } from './timeout-error.ts';
