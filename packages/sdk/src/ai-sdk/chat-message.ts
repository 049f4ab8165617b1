import type { UIMessage } from 'ai';
import type { Message } from '../schemas.ts';

/** How many messages the API lists at once. */
export const MAX_PAGE = 100;

/** What the API stores about a message besides its text: the server's id, the `status`, the `feedback`, and so on. */
export interface ChatMetadata extends Omit<Message, 'content'> {}

/** A message of `useChat` with what the API stores about it as `metadata`. */
export type ChatMessage = UIMessage<ChatMetadata>;

/**
 * Converts stored messages to messages of `useChat`, oldest first.
 *
 * @example
 * const { messages, next_cursor } = await client.messages.list({ id_conversation });
 * setMessages(toUIMessages(messages));
 */
export function toUIMessages(messages: readonly Message[]): ChatMessage[] {
  // The API promises that later messages have larger ids.
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

/** The metadata of a message. */
export function metadataOf({ content, ...metadata }: Message): ChatMetadata {
  return metadata;
}

/** Whether the bot is still generating this message. */
export function isInProgress({ status }: Message): boolean {
  return status === 'pending' || status === 'streaming';
}

/** The text of a user message; throws if it has anything else, such as a file. */
export function textOf({ parts }: UIMessage): string {
  return parts
    .map((part) => {
      if (part.type !== 'text') throw new TypeError(`Only text can be sent. Remove the part of type "${part.type}".`);
      return part.text;
    })
    .join('');
}
