import { ConnectionError } from '../errors/connection-error.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import { isFinalEvent } from '../streaming/event-frames.ts';
import type { ReplyStream } from '../streaming/reply-stream.ts';
import type { ChatMemory } from './chat-memory.ts';

/** A reply to follow. */
export interface Followed {
  readonly chatId: string;
  /** The server id of the user message, unless it is new. */
  readonly id_message?: string | undefined;
  /** The id of the reply, if the reply is known to be in progress. */
  readonly id_reply?: string | undefined;
  /** Called when the server has stored the user message. */
  readonly onCreated?: (message: Message) => void;
}

/** Yields the events of a reply. Updates the memory, so that the reply can be cancelled or retried. */
export async function* followReply(
  { unfinished, following, inProgress }: ChatMemory,
  stream: ReplyStream,
  { chatId, id_message: id = '', id_reply, onCreated }: Followed,
): AsyncGenerator<ReplyEvent, void> {
  let isInProgress = id_reply !== undefined;
  if (id_reply !== undefined) inProgress.set(chatId, id_reply);
  following.set(chatId, stream);
  unfinished.delete(id);
  try {
    for await (const event of stream) {
      if (event.type === 'message-created') {
        id = event.user_message.id_message;
        onCreated?.(event.user_message);
      }
      if (event.type === 'reply-started') inProgress.set(chatId, event.bot_response.id_message);
      isInProgress = !isFinalEvent(event);
      if (!isInProgress) inProgress.delete(chatId);
      yield event;
    }
  } catch (error) {
    // An abort is deliberate: `regenerate()` then generates a new reply.
    if (isInProgress && error instanceof ConnectionError) unfinished.add(id);
    throw error;
  } finally {
    if (following.get(chatId) === stream) following.delete(chatId);
  }
}
