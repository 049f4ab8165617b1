import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ServerSentEvent } from '../src/event-stream.ts';
import { lineBreak, oneLine, read, splits, utf8 } from './support/streams.ts';

/**
 * We differ from eventsource-parser in three points: it tells an id with the event of its frame alone, it tells a retry
 * at once, and it takes U+00EF U+00BB U+00BF at the start for a BOM.
 */
it('agrees with eventsource-parser on any stream, however it is split', () => {
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('data', 'event', 'id', 'retry', '') },
    fc.constantFrom('Data', ' id', 'datax', 'dat', 'i', '\uFEFFdata', 'canary'),
  );
  const value = fc.oneof(fc.constantFrom('', ' ', '  ', '7', 'a:b', '0\0'), fc.nat().map(String), oneLine);
  const field = fc.tuple(name, fc.constantFrom('', ':', ': '), value).map((parts) => parts.join(''));
  const line = fc.tuple(fc.oneof(fc.constant(''), field), lineBreak).map((parts) => parts.join(''));
  const stream = fc
    .tuple(fc.constantFrom('', '\uFEFF'), fc.array(line, { maxLength: 20 }), oneLine)
    .map((parts) => parts.flat().join(''))
    .filter((text) => !text.startsWith('ï»¿'));

  fc.assert(
    fc.property(stream, (text) => {
      for (const chunks of splits(utf8(text))) expect(read(chunks)).toEqual(readByTheOther(chunks));
    }),
  );
});

function readByTheOther(chunks: readonly Uint8Array[]): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  let lastId: string | undefined;
  let lastRetry: number | undefined;
  const parser = createParser({
    onId: (id) => {
      lastId = id;
    },
    onRetry: (retry) => {
      lastRetry = retry;
    },
    onEvent: ({ event, data }) => {
      const id = lastId;
      const retry = lastRetry;
      events.push({
        ...(id !== undefined && { id }),
        ...(event && { event }),
        ...(retry !== undefined && { retry }),
        data,
      });
      lastRetry = undefined;
    },
  });
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
  return events;
}
