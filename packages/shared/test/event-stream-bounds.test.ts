import { describe, expect, it } from 'vitest';
import { eventParser } from '../src/event-stream.ts';
import { read, splits, utf8 } from './support/streams.ts';

describe('the parser is bounded', () => {
  it.each([
    ['an unfinished line', 'data: canary', 12],
    ['an unfinished comment', ': canary', 8],
    // The two lines before the last count as 14: what they hold, and their ends.
    ['lines without an empty line', 'data: canary\ndata:canary\nid: 1', 14 + 5],
    ['a finished event', 'data: canary\n\n', 12],
  ])('%s', (_, text, length) => {
    for (const chunks of splits(utf8(text))) {
      expect(read(chunks, length)).toEqual(text.endsWith('\n\n') ? [{ data: 'canary' }] : []);
      expect(() => read(chunks, length - 1)).toThrow(RangeError);
    }
  });

  it('to a million characters by default', () => {
    const text = utf8(`data: ${'c'.repeat(999_994)}`);
    expect(read([text])).toEqual([]);
    expect(() => read([text, utf8('c')])).toThrow(RangeError);
  });

  it('for each event separately', () => {
    const text = 'event: canary\ndata: canary\nid: 1\n\n: canary\n\n';
    expect(read([utf8(text.repeat(1000))], 20)).toHaveLength(1000);
  });

  it('and takes linear time', () => {
    const parser = eventParser(50_000_000);
    parser.push(utf8('data: '));
    const chunk = utf8('canary '.repeat(10));
    for (let count = 0; count < 500_000; count += 1) parser.push(chunk);
    expect(parser.push(utf8('\n\n'))[0]?.data).toHaveLength(70 * 500_000);
  });
});

describe('invalid UTF-8 throws', () => {
  it.each([
    ['an invalid byte', [0xff]],
    ['a continuation byte without a start', [0x80]],
    ['a start byte without a continuation', [0xc3, 0x0a]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a code point above the maximum', [0xf4, 0x90, 0x80, 0x80]],
  ])('%s', (_, wrong) => {
    const bytes = Uint8Array.from([...utf8('data: canary'), ...wrong, ...utf8('\n\n')]);
    for (const chunks of splits(bytes)) expect(() => read(chunks)).toThrow(TypeError);
  });

  it('except for an incomplete character at the end', () => {
    expect(read([utf8('data: canary\n\ndata: 🤖').subarray(0, -1)])).toEqual([{ data: 'canary' }]);
  });
});
