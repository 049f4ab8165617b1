import type { UIMessage } from 'ai';
import type { Message } from '../schemas.ts';

/** The maximum number of messages that the API lists in one page. */
export const MAX_PAGE = 100;

/** The fields that the API stores for a message besides its text, such as `id_message`, `status` and `feedback`. */
export interface ChatMetadata extends Omit<Message, 'content'> {}

/** A message of `useChat` whose `metadata` holds the other fields that the API stores. */
export type ChatMessage = UIMessage<ChatMetadata>;

/**
 * Converts stored messages to messages of `useChat`, oldest first.
 *
 * @example
 * const { messages, next_cursor } = await client.messages.list({ id_conversation });
 * setMessages(toUIMessages(messages));
 */
export function toUIMessages(messages: readonly Message[]): ChatMessage[] {
  // Ids are UUIDs of version 7, so later messages have larger ids.
  return [...messages].sort((one, other) => (one.id_message < other.id_message ? -1 : 1)).map(toUIMessage);
}

function toUIMessage(message: Message): ChatMessage {
  const { id_message, is_bot, content } = message;
  const state = isInProgress(message) ? 'streaming' : 'done';
  return {
    id: id_message,
    role: is_bot ? 'assistant' : 'user',
    metadata: metadataOf(message),
    parts: content === '' ? [] : [{ type: 'text', text: content, ...(is_bot && { state }) }],
  };
}

/** Returns the fields of a message without its text. */
export function metadataOf({ content, ...metadata }: Message): ChatMetadata {
  return metadata;
}

/** Returns whether the bot is still generating this message. */
export function isInProgress({ status }: Message): boolean {
  return status === 'pending' || status === 'streaming';
}

/** Returns the text of a user message. Throws a `TypeError` if the message has any other part, such as a file. */
export function textOf({ parts }: UIMessage): string {
  return parts
    .map((part) => {
      if (part.type !== 'text') throw new TypeError(`Only text can be sent. Remove the part of type "${part.type}".`);
      return part.text;
    })
    .join('');
}
