import type { Client } from '../client.ts';
import type { ReplyStream } from '../reply-stream.ts';

/** A user message that was sent from here. */
export interface SentMessage {
  readonly content: string;
  /** The server's id of it, once the send was acknowledged. */
  readonly id_message?: string;
}

/** What a transport must remember between two calls of the AI SDK. */
export interface ChatMemory {
  /** Messages that were sent from here, by the id that the AI SDK gave them and keeps. */
  readonly sent: Map<string, SentMessage>;
  /** The server's ids of the user messages whose reply began but whose stream broke off before its end. */
  readonly unfinished: Set<string>;
  /** The reply that each chat follows. */
  readonly following: Map<string, ReplyStream>;
}

// A component that calls `createChatTransport` has a new transport after each render, so the memory goes with the client.
const memories = /* @__PURE__ */ new WeakMap<Client, ChatMemory>();

/** What is remembered of the chats of this client. */
export function chatMemory(client: Client): ChatMemory {
  const memory = memories.get(client) ?? { sent: new Map(), unfinished: new Set(), following: new Map() };
  memories.set(client, memory);
  return memory;
}
