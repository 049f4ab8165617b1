import type { components } from '@async-chatbot/api-spec';

/** Every schema of the API, by its name in the spec. */
export type Schemas = components['schemas'];

/** An interface has a name of its own, by which editors and compilers tell it. */
type OneOf<Name extends keyof Schemas> = Schemas[Name];

/** A thread of messages. */
export interface Conversation extends OneOf<'Conversation'> {}

/** A page of conversations, newest first. */
export interface ConversationPage extends OneOf<'ConversationPage'> {}

/** Why the bot stopped: `stop`, `length`, `content-filter` or `other`. */
export type FinishReason = Schemas['FinishReason'];

/** A message and the bot's answer to it. */
export interface Exchange extends OneOf<'Exchange'> {}

/** A line of an export: `user` is in the first, `conversation` or `message` in every other. */
export type ExportedItem = Schemas['ExportedItem'];

/** One fault of an invalid request. */
export interface Fault extends OneOf<'Fault'> {}

/** Something that was said, by the caller or by the bot. */
export interface Message extends OneOf<'Message'> {}

/** A page of messages, newest first. */
export interface MessagePage extends OneOf<'MessagePage'> {}

/** What went wrong, as the API tells it (RFC 9457). */
export interface Problem extends OneOf<'Problem'> {}

/** The stable word of a problem. */
export type ProblemCode = Schemas['ProblemCode'];

/** Something that happens to a reply while it is written. */
export type ReplyEvent = Schemas['ReplyEvent'];

/** What the caller has used of the day's quotas. */
export interface Usage extends OneOf<'Usage'> {}

/** Somebody with an account. */
export interface User extends OneOf<'User'> {}
