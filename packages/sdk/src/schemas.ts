import type { components } from '@async-chatbot/api-spec';

/** Every schema of the API, by its name in the spec. */
export type Schemas = components['schemas'];

/** A message and the bot's answer to it. */
export type Exchange = Schemas['Exchange'];

/** A line of an export: `user` is in the first, `message` in every other. */
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

/** Somebody with an account. */
export type User = Schemas['User'];
