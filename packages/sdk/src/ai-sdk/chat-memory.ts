import type { Client } from '../client.ts';
import type { ReplyStream } from '../streaming/reply-stream.ts';

/** State that a transport keeps between calls by the AI SDK. */
export interface ChatMemory {
  /** Server ids of sent messages, by their ids in the AI SDK, which never learns the server ids. */
  readonly sent: Map<string, string>;
  /** Texts of sends that the server has not acknowledged, by the same ids. Each of them may have arrived. */
  readonly unacknowledged: Map<string, readonly string[]>;
  /** Server ids of the user messages that each chat has sent or loaded, by chat id. */
  readonly shown: Map<string, Set<string>>;
  /** Server ids of user messages whose stream was lost before the reply ended. */
  readonly unfinished: Set<string>;
  /** The reply that each chat follows, by chat id. */
  readonly following: Map<string, ReplyStream>;
  /** The id of the reply that each chat has followed, until it is known to have ended. It need not be the newest reply. */
  readonly inProgress: Map<string, string>;
}

// Components that call `createChatTransport` create a transport in each render, so the memory belongs to the client.
const memories = /* @__PURE__ */ new WeakMap<Client, ChatMemory>();

/** Returns the memory of a client, which all its transports share. */
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

/** Records the server id of a message that the chat has sent. */
export function acknowledge(memory: ChatMemory, chatId: string, id: string, id_message: string): void {
  memory.sent.set(id, id_message);
  memory.unacknowledged.delete(id);
  addShown(memory, chatId, id_message);
}

/** Records that the chat shows these user messages. */
export function addShown({ shown }: ChatMemory, chatId: string, ...ids: readonly string[]): void {
  shown.set(chatId, new Set([...(shown.get(chatId) ?? []), ...ids]));
}
