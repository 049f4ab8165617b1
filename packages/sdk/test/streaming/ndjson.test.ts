import { describe, expect, test, vi } from 'vitest';
import { requestTimeout } from '../../src/http/request-timeout.ts';
import { readNdjson } from '../../src/streaming/ndjson.ts';

const items = [{ content: 'canary Grüße 🤖' }, {}, 7, 'a\nb\u2028', null, { end: {} }];
const bytes = new TextEncoder().encode(items.map((item) => `${JSON.stringify(item)}\n`).join(''));

const timeout = requestTimeout('GET /canary', 60_000, {});

test.each([...bytes.keys()])('a body that is split at byte %i is parsed', async (index) => {
  expect(await read([bytes.slice(0, index), bytes.slice(index)])).toEqual(items);
});

test('a body of single bytes is parsed', async () => {
  expect(await read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(items);
});

test('a line of many chunks is parsed in linear time', async () => {
  const chunk = new TextEncoder().encode('canary '.repeat(8192));
  const [text] = await read([utf8('"'), ...Array(500).fill(chunk), utf8('"\n{"end":{}}\n')]);
  expect(text).toHaveLength(7 * 8192 * 500);
});

describe('an incomplete or invalid body causes a ConnectionError', () => {
  test.each([
    ['a line without its end', '{"a":1}\n{"a":2}', [{ a: 1 }]],
    ['one line without its end', '{"a":1}', []],
    ['a body without `end`', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['a body that ends with null', 'null\n', [null]],
    ['a body that continues after `end`', '{"end":{}}\n{"a":1}\n', [{ end: {} }, { a: 1 }]],
    ['a line cut in a string', '{"a":1}\n{"a":"', [{ a: 1 }]],
    ['a line that is not JSON', '{"a":1}\n<html>\n{"a":2}\n', [{ a: 1 }]],
    ['an empty line', '{"a":1}\n\n', [{ a: 1 }]],
    ['an empty body', '', []],
    ['a body without a chunk', undefined, []],
  ])('%s', async (_, text, complete) => {
    const seen: unknown[] = [];
    await expect(read(text === undefined ? [] : [utf8(text)], seen)).rejects.toThrow(
      'Incomplete response to GET /canary',
    );
    expect(seen).toEqual(complete);
  });

  test.each([
    ['within a character', [0xc3]],
    ['with bytes that are not UTF-8', [0x22, 0xff, 0x22, 0x0a]],
  ])('a body that ends %s', async (_, end) => {
    await expect(read([utf8('1\n'), Uint8Array.from(end)])).rejects.toMatchObject({ cause: { name: 'TypeError' } });
  });

  test('a connection lost after a complete line, with its cause', async () => {
    const cause = new Error('canary reset');
    const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) => {
      if (pull.mock.calls.length === 1) controller.enqueue(utf8('1\n'));
      else controller.error(cause);
    });
    const seen: unknown[] = [];
    const lines = readNdjson(new ReadableStream({ pull }, { highWaterMark: 0 }), timeout);
    await expect(all(lines, seen)).rejects.toMatchObject({
      message: 'Incomplete response to GET /canary',
      cause,
    });
    expect(seen).toEqual([1]);
  });
});

test('chunks are pulled only when they are needed', async () => {
  const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) => controller.enqueue(utf8('1\n2\n')));
  const lines = readNdjson(new ReadableStream({ pull }, { highWaterMark: 0 }), timeout);
  expect(pull).not.toHaveBeenCalled();
  for (const count of [1, 1, 2, 2, 3]) {
    await lines.next();
    expect(pull).toHaveBeenCalledTimes(count);
  }
});

test('leaving the loop cancels the body', async () => {
  const cancel = vi.fn();
  const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(utf8('1\n')), cancel });
  for await (const _ of readNdjson(body, timeout)) break;
  expect(cancel).toHaveBeenCalledOnce();
});

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Parses a body of these chunks. `seen` has the items even if the body is incomplete. */
async function read(chunks: readonly Uint8Array[], seen: unknown[] = []): Promise<unknown[]> {
  const left = [...chunks];
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const chunk = left.shift();
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
  });
  return all(readNdjson(body, timeout), seen);
}

async function all(lines: AsyncIterable<unknown>, seen: unknown[] = []): Promise<unknown[]> {
  for await (const line of lines) seen.push(line);
  return seen;
}
