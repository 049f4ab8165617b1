import { ConnectionError } from '../connection-error.ts';
import { isLastEvent } from '../event-frames.ts';
import type { ReplyStream } from '../reply-stream.ts';
import type { Message, ReplyEvent } from '../schemas.ts';
import type { ChatMemory } from './chat-memory.ts';

/** Which reply is followed. */
export interface Followed {
  readonly chatId: string;
  /** The server's id of the user message; of a new one it is not known yet. */
  readonly id_message?: string | undefined;
  /** Whether the bot is known to have begun before the first event comes. */
  readonly hasBegun?: boolean;
  /** Called when the server has stored the user message. */
  readonly onCreated?: (message: Message) => void;
}

/** The events of a reply. The memory holds what a cancel must know meanwhile, and a retry afterwards. */
export async function* followReply(
  { unfinished, following }: ChatMemory,
  stream: ReplyStream,
  { chatId, id_message: id = '', hasBegun = false, onCreated }: Followed,
): AsyncGenerator<ReplyEvent, void> {
  let isInProgress = hasBegun;
  following.set(chatId, stream);
  unfinished.delete(id);
  try {
    for await (const event of stream) {
      if (event.type === 'message-created') {
        id = event.user_message.id_message;
        onCreated?.(event.user_message);
      }
      isInProgress = !isLastEvent(event);
      yield event;
    }
  } catch (error) {
    // Who aborted has left for good; who lost the connection wants the rest.
    if (isInProgress && error instanceof ConnectionError) unfinished.add(id);
    throw error;
  } finally {
    if (following.get(chatId) === stream) following.delete(chatId);
  }
}
