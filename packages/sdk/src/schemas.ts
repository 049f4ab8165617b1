import type { components } from '@async-chatbot/api-spec';

/** Every schema of the API, by its name in the spec. */
export type Schemas = components['schemas'];

/** A thread of messages. */
export type Conversation = Schemas['Conversation'];

/** A page of conversations, newest first. */
export type ConversationPage = Schemas['ConversationPage'];

/** A message and the bot's answer to it. */
export type Exchange = Schemas['Exchange'];

/** A line of an export: `user` is in the first, `conversation` or `message` in every other. */
export type ExportedItem = Schemas['ExportedItem'];

/** One fault of an invalid request. */
export type Fault = Schemas['Fault'];

/** Something that was said, by the caller or by the bot. */
export type Message = Schemas['Message'];

/** A page of messages, newest first. */
export type MessagePage = Schemas['MessagePage'];

/** What went wrong, as the API tells it (RFC 9457). */
export type Problem = Schemas['Problem'];

/** The stable word of a problem. */
export type ProblemCode = Schemas['ProblemCode'];

/** Something that happens to a reply while it is written. */
export type ReplyEvent = Schemas['ReplyEvent'];

/** What the caller has used of the day's quotas. */
export type Usage = Schemas['Usage'];

/** Somebody with an account. */
export type User = Schemas['User'];
