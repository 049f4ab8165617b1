import { eventParser, formatEvent } from '@async-chatbot/shared/event-stream';
import { type CompletionChunk, completionChunk } from './completion-chunk.ts';
import { NOT_A_MODEL } from './model-error.ts';

/**
 * `fetch` for `/chat/completions` that normalizes success responses to an event stream of chunks that the AI SDK accepts.
 * Servers also send one JSON document, a stream with another media type, or keep the connection open after `[DONE]`.
 */
export function withNormalizedCompletions(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.ok || !response.body) return response;
    const events = ReadableStream.from(encoded(chunksOf(textsOf(response.body))));
    return new Response(events, { headers: { 'content-type': 'text/event-stream' } });
  };
}

type Chunk = CompletionChunk | string;

async function* encoded(chunks: AsyncIterable<Chunk>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const chunk of chunks)
    yield encoder.encode(formatEvent({ data: typeof chunk === 'string' ? chunk : JSON.stringify(chunk) }));
}

/** The first character distinguishes a document from a stream. */
async function* chunksOf(texts: AsyncIterator<string, undefined>): AsyncGenerator<Chunk> {
  let text = '';
  for (let next = await texts.next(); !next.done; next = await texts.next()) {
    text += next.value;
    if (/^\s*[^\s{[<]/.test(text)) return yield* streamedChunks(text, texts);
  }
  if (text.trim() !== '') yield documentOf(text);
}

function documentOf(text: string): Chunk {
  const chunk = completionChunk(parsed(text), 'stop');
  if (chunk && ('error' in chunk || chunk.choices.length > 0)) return chunk;
  throw Object.assign(new Error('Not a chat completion'), { code: NOT_A_MODEL });
}

async function* streamedChunks(beginning: string, texts: AsyncIterator<string, undefined>): AsyncGenerator<Chunk> {
  // `modelFetch` limits the length.
  const parser = eventParser(Number.POSITIVE_INFINITY);
  const encoder = new TextEncoder();
  let hasFinished = false;
  try {
    for (let text: string | undefined = beginning; text !== undefined; text = (await texts.next()).value) {
      for (const { data } of parser.push(encoder.encode(text))) {
        if (data.trim() === '[DONE]') {
          if (!hasFinished) yield { choices: [{ delta: {}, finish_reason: 'unknown' }] };
          return;
        }
        const received = parsed(data);
        const chunk = received === undefined ? data : completionChunk(received, null);
        hasFinished ||= typeof chunk === 'object' && 'choices' in chunk && Boolean(chunk.choices[0]?.finish_reason);
        if (chunk !== undefined) yield chunk;
      }
    }
  } catch (error) {
    // An error after the finish reason loses nothing.
    if (!hasFinished) throw error;
  }
}

/** Undefined for invalid JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* textsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  for await (const bytes of body) yield decoder.decode(bytes, { stream: true });
}
