import type { components } from '@async-chatbot/api-spec';

/** Every schema of the API, by its name in the OpenAPI document. */
export type Schemas = components['schemas'];

/** Interfaces extend this type, because editors and compilers show the name of an interface. */
type OneOf<Name extends keyof Schemas> = Schemas[Name];

/** A conversation, without its messages. */
export interface Conversation extends OneOf<'Conversation'> {}

/** A page of conversations, most recently updated first. */
export interface ConversationPage extends OneOf<'ConversationPage'> {}

/** Why the bot stopped: `stop`, `length`, `content-filter` or `other`. */
export type FinishReason = Schemas['FinishReason'];

/** A user message and its reply. */
export interface Exchange extends OneOf<'Exchange'> {}

/** A line of an export: `user` on the first line, `conversation` or `message` on the others. */
export type ExportedItem = Schemas['ExportedItem'];

/** A validation error of an invalid request. */
export interface Fault extends OneOf<'Fault'> {}

/** A message from the user or the bot; `is_bot` says which. */
export interface Message extends OneOf<'Message'> {}

/** A page of messages, in the requested order. */
export interface MessagePage extends OneOf<'MessagePage'> {}

/** A problem document (RFC 9457). */
export interface Problem extends OneOf<'Problem'> {}

/** The stable code of a problem. */
export type ProblemCode = Schemas['ProblemCode'];

/** A stream event of a reply; `type` says which. */
export type ReplyEvent = Schemas['ReplyEvent'];

/** How much of the daily quotas the user has used. */
export interface Usage extends OneOf<'Usage'> {}

/** A user with an account. */
export interface User extends OneOf<'User'> {}
