/** Streams of events for the tests: any text, and any way to split it. */
import fc from 'fast-check';
import { eventParser, type ServerSentEvent } from '../../src/event-stream.ts';

/** The bytes of a text. */
export const utf8 = (text: string) => new TextEncoder().encode(text);

/** What is read of these chunks. */
export function read(chunks: readonly Uint8Array[], maxLength?: number): ServerSentEvent[] {
  const parser = eventParser(maxLength);
  return chunks.flatMap((chunk) => parser.push(chunk));
}

/** These bytes whole, as single bytes with empty chunks between, and in two at every byte. */
export function* splits(bytes: Uint8Array): Generator<Uint8Array[]> {
  yield [bytes];
  yield [...bytes].flatMap((byte) => [Uint8Array.of(byte), new Uint8Array()]);
  for (const index of bytes.keys()) yield [bytes.subarray(0, index), bytes.subarray(index)];
}

/** Each that the standard knows. */
export const lineBreak = fc.constantFrom('\n', '\r', '\r\n');
/** Any text without lone surrogates, in which what means something to the format is frequent. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      lineBreak,
      fc.constantFrom(' ', ':', '\0', '\uFEFF', '\u2028', '\n\nevent: x', 'data', 'canary 🤖'),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('').toWellFormed());
/** What an id or a name of an event may be. */
export const oneLine = anyText.map((text) => text.replace(/[\r\n\0]/g, ''));
