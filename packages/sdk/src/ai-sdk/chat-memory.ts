import type { Client } from '../client.ts';
import type { ReplyStream } from '../streaming/reply-stream.ts';

/** What a transport keeps between two calls of the AI SDK. */
export interface ChatMemory {
  /** The server's ids of sent messages by their ids in the AI SDK, which never learns the server's ids. */
  readonly sent: Map<string, string>;
  /** The texts of sends that the server has not acknowledged, by the same ids. Each of them may have arrived. */
  readonly unacknowledged: Map<string, readonly string[]>;
  /** The server's ids of the user messages that each chat has sent or loaded. */
  readonly shown: Map<string, Set<string>>;
  /** The server's ids of user messages whose stream was lost before the end of the reply. */
  readonly unfinished: Set<string>;
  /** The reply that each chat follows. */
  readonly following: Map<string, ReplyStream>;
  /** The id of the reply that each chat has followed, until its end is known. With later messages it is not the newest. */
  readonly inProgress: Map<string, string>;
}

// Components that call `createChatTransport` create a transport in each render, so the memory belongs to the client.
const memories = /* @__PURE__ */ new WeakMap<Client, ChatMemory>();

/** The memory of a client. */
export function chatMemory(client: Client): ChatMemory {
  const memory = memories.get(client) ?? {
    sent: new Map(),
    unacknowledged: new Map(),
    shown: new Map(),
    unfinished: new Set(),
    following: new Map(),
    inProgress: new Map(),
  };
  memories.set(client, memory);
  return memory;
}

/** Stores the server's id of a message that the chat has sent. */
export function acknowledge(memory: ChatMemory, chatId: string, id: string, id_message: string): void {
  memory.sent.set(id, id_message);
  memory.unacknowledged.delete(id);
  addShown(memory, chatId, id_message);
}

/** Stores that the chat shows these user messages. */
export function addShown({ shown }: ChatMemory, chatId: string, ...ids: readonly string[]): void {
  shown.set(chatId, new Set([...(shown.get(chatId) ?? []), ...ids]));
}
