import type { Client } from '../client.ts';
import type { ReplyStream } from '../reply-stream.ts';

/** A user message that was sent through this client. */
export interface SentMessage {
  readonly content: string;
  /** Its id on the server, once the server has stored it. */
  readonly id_message?: string;
}

/** What a transport keeps between two calls of the AI SDK. */
export interface ChatMemory {
  /** Sent messages by their ids in the AI SDK, which never learns the server's ids. */
  readonly sent: Map<string, SentMessage>;
  /** The server's ids of user messages whose stream was lost before the end of the reply. */
  readonly unfinished: Set<string>;
  /** The reply that each chat follows. */
  readonly following: Map<string, ReplyStream>;
}

// Components that call `createChatTransport` create a transport in each render, so the memory belongs to the client.
const memories = /* @__PURE__ */ new WeakMap<Client, ChatMemory>();

/** The memory of a client. */
export function chatMemory(client: Client): ChatMemory {
  const memory = memories.get(client) ?? { sent: new Map(), unfinished: new Set(), following: new Map() };
  memories.set(client, memory);
  return memory;
}
