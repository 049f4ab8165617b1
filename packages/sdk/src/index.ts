/**
 * The TypeScript client of the Async Chatbot API.
 *
 * @packageDocumentation
 * @example
 * import { createClient } from '@async-chatbot/sdk';
 *
 * const client = createClient({ baseUrl: 'https://chat.example.com' });
 * const { bot_response } = await client.messages.send({ content: 'Hello!' });
 */

export { type Client, createClient } from './client.ts';
export { ApiError, type CodeOf } from './errors/api-error.ts';
export { ConnectionError } from './errors/connection-error.ts';
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
} from './errors/status-errors.ts';
export { TimeoutError } from './errors/timeout-error.ts';
export type { Call, PageCall } from './http/call.ts';
export type { AttemptRequest, Middleware, Next } from './http/middleware.ts';
export type { OperationCall, OperationCaller, OperationId, OperationInput, OperationResult } from './http/operation.ts';
export type {
  CallOptions,
  ChangeOptions,
  ClientOptions,
  Fetch,
  MessageOptions,
  ResumeOptions,
  SendOptions,
} from './options.ts';
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
export type { SessionState } from './session/set-cookie.ts';
export type { EventFrame } from './streaming/event-frames.ts';
export type { ReplyStream } from './streaming/reply-stream.ts';
