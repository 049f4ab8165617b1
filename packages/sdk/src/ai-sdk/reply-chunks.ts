import type { UIMessageChunk } from 'ai';
import type { Message, ReplyEvent } from '../schemas.ts';
import { type ChatMetadata, metadataOf } from './chat-message.ts';

type Chunk = UIMessageChunk<ChatMetadata>;

/**
 * Converts the events of a reply to chunks of a UI message stream. A failed reply throws its `ApiError` after the last chunk
 * rather than yielding an `error` chunk, which has only a text: `useChat` then exposes the `ApiError` as `error`.
 */
export async function* replyChunks(events: AsyncIterable<ReplyEvent>): AsyncGenerator<Chunk, void> {
  let run = 0;
  let isTextOpen = false;

  function* endText(): Generator<Chunk> {
    if (isTextOpen) yield { type: 'text-end', id: `${run}` };
    isTextOpen = false;
  }

  function* finish(reply: Message, finishReason: NonNullable<Message['finish_reason']>): Generator<Chunk> {
    yield* endText();
    yield { type: 'finish-step' };
    yield { type: 'finish', finishReason, messageMetadata: metadataOf(reply) };
  }

  for await (const event of events) {
    switch (event.type) {
      case 'reply-started':
        yield* endText();
        run += 1;
        // AI SDK 6 ignores `reset-step`, so the discarded text stays until the page reloads the history.
        if (run > 1) yield { type: 'reset-step' };
        else yield* start(event.bot_response);
        break;
      case 'reply-delta':
        // Only now: until the first text, `useChat` stays `submitted`, which pages show as thinking.
        if (!isTextOpen) yield { type: 'text-start', id: `${run}` };
        isTextOpen = true;
        yield { type: 'text-delta', id: `${run}`, delta: event.delta };
        break;
      case 'reply-completed':
        yield* finish(event.bot_response, event.bot_response.finish_reason ?? 'stop');
        break;
      case 'reply-cancelled':
        yield* finish(event.bot_response, 'other');
        break;
      case 'reply-failed':
      case 'reply-interrupted':
        yield* endText();
        yield { type: 'message-metadata', messageMetadata: metadataOf(event.bot_response) };
        break;
      default:
        event.type satisfies 'message-created' | 'stream-paused';
    }
  }
}

function* start(reply: Message): Generator<Chunk> {
  yield { type: 'start', messageId: reply.id_message, messageMetadata: metadataOf(reply) };
  yield { type: 'start-step' };
}
