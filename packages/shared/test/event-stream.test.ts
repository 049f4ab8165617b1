import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventParser, formatEvent, HEARTBEAT, type ServerSentEvent } from '../src/event-stream.ts';
import { anyText, oneLine, read, splits, utf8 } from './support/streams.ts';

function expectRead(text: string, events: ServerSentEvent[]): void {
  for (const chunks of splits(utf8(text))) expect(read(chunks)).toEqual(events);
}

describe('formatEvent', () => {
  const written = fc.record(
    { id: oneLine, event: oneLine.filter((text) => text !== ''), retry: fc.maxSafeNat(), data: anyText },
    { requiredKeys: ['data'] },
  );

  it('is parsed as one event, with its line breaks as line feeds', () => {
    fc.assert(
      fc.property(written, (event) => {
        expectRead(formatEvent(event), [{ ...event, data: event.data.replace(/\r\n?/g, '\n') }]);
      }),
    );
  });

  it('is parsed event by event between heartbeats, each with the last id', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 5 }), (events) => {
        let id: string | undefined;
        const expected = events.map((event) => {
          id = event.id ?? id;
          return { ...event, ...(id !== undefined && { id }), data: event.data.replace(/\r\n?/g, '\n') };
        });
        expectRead(events.map((event) => HEARTBEAT + formatEvent(event)).join('') + HEARTBEAT, expected);
      }),
    );
  });

  it('emits only lines that are valid by the standard', () => {
    expect(formatEvent({ id: '7', event: 'canary', retry: 250, data: '{"a":1}' })).toBe(
      'id: 7\nevent: canary\nretry: 250\ndata: {"a":1}\n\n',
    );
    expect(formatEvent({ data: '' })).toBe('data: \n\n');
    expect(formatEvent({ data: 'canary\r\n\rcanary\n' })).toBe('data: canary\ndata: \ndata: canary\ndata: \n\n');
  });

  it.each([
    { id: 'canary\n' },
    { id: '\rcanary' },
    { id: 'can\0ary' },
    { event: 'canary\r\ndata: canary' },
    { event: 'canary\u000a' },
    { retry: -1 },
    { retry: 0.5 },
    { retry: Number.NaN },
    { retry: Number.POSITIVE_INFINITY },
  ])('throws for what a client would parse differently: %j', (fields) => {
    expect(() => formatEvent({ ...fields, data: 'canary' })).toThrow(TypeError);
  });
});

describe("eventParser parses the standard's examples", () => {
  it.each<[string, string, ServerSentEvent[]]>([
    ['lines of data', 'data: CANARY\ndata: +2\ndata: 10\n\n', [{ data: 'CANARY\n+2\n10' }]],
    [
      'a comment, an id, a reset id, a second space, and no end',
      ': canary\n\ndata: first canary\nid: 1\n\ndata:second canary\nid\n\ndata:  third canary\n',
      [
        { id: '1', data: 'first canary' },
        { id: '', data: 'second canary' },
      ],
    ],
    ['empty data, a line feed, and data without an end', 'data\n\ndata\ndata\n\ndata:', [{ data: '' }, { data: '\n' }]],
    ['one space or no space', 'data:canary\n\ndata: canary\n\n', [{ data: 'canary' }, { data: 'canary' }]],
    [
      'named events',
      'event: add\ndata: canary\n\nevent: remove\ndata: 2\n\n',
      [
        { event: 'add', data: 'canary' },
        { event: 'remove', data: '2' },
      ],
    ],
  ])('%s', (_, text, events) => expectRead(text, events));
});

describe('eventParser follows the standard', () => {
  it.each<[string, string, ServerSentEvent[]]>([
    ['a line may end in CR', 'data: a\rdata: b\r\rdata: c\r\r', [{ data: 'a\nb' }, { data: 'c' }]],
    ['a line may end in CRLF', 'data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n', [{ data: 'a\nb' }, { data: 'c' }]],
    ['LF after CR ends one line, CR after LF two', 'data: a\r\ndata: b\n\r\n', [{ data: 'a\nb' }]],
    ['other Unicode separators do not end a line', 'data: a\u2028b\u0085c\vd\n\n', [{ data: 'a\u2028b\u0085c\vd' }]],
    ['a BOM at the start is skipped', '\uFEFFdata: canary\n\n', [{ data: 'canary' }]],
    ['a BOM elsewhere is text', 'data: \uFEFF\n\n\uFEFFdata: a\n\n', [{ data: '\uFEFF' }]],
    ['a second BOM is text', '\uFEFF\uFEFFdata: a\n\ndata: b\n\n', [{ data: 'b' }]],
    ['BOM bytes read as Latin-1 are text', 'ï»¿data: a\n\ndata: b\n\n', [{ data: 'b' }]],
    ['field names are case-sensitive and exact', 'Data: a\n data: b\ndata : c\ndatas: d\ndata: e\n\n', [{ data: 'e' }]],
    ['only the first colon separates', 'data: a: b:\n\n', [{ data: 'a: b:' }]],
    ['the last event type counts', 'event: a\nevent: b\ndata: c\n\n', [{ event: 'b', data: 'c' }]],
    ['an empty event type is the default', 'event: a\nevent\ndata: c\n\n', [{ data: 'c' }]],
    ['an event type without data is discarded', 'event: a\n\ndata: b\n\n', [{ data: 'b' }]],
    [
      'an id without data applies to later events',
      'id: 1\n\ndata: b\n\ndata: c\n\n',
      [
        { id: '1', data: 'b' },
        { id: '1', data: 'c' },
      ],
    ],
    ['an id with NUL is ignored', 'id: 1\nid: 2\0\ndata: b\n\n', [{ id: '1', data: 'b' }]],
    [
      'a retry without data is returned with the next event',
      'retry: 5\n\ndata: b\n\ndata: c\n\n',
      [{ retry: 5, data: 'b' }, { data: 'c' }],
    ],
    [
      'a retry has only digits',
      'retry: -1\nretry: 1.5\nretry\nretry: 1e3\nretry: ٣\nretry:  7\ndata: b\n\n',
      [{ data: 'b' }],
    ],
    ['empty lines are not events', '\n\n\r\r\r\n\r\n', []],
    ['an event without an end is discarded', 'id: 1\nevent: a\ndata: canary\n', []],
  ])('%s', (_, text, events) => expectRead(text, events));

  it('an event is returned with the byte that ends it', () => {
    for (const end of ['\n\n', '\r\r', '\r\n\r', '\n\r']) {
      const parser = eventParser();
      expect(parser.push(utf8(`data: canary${end.slice(0, -1)}`))).toEqual([]);
      expect(parser.push(utf8(end.slice(-1)))).toEqual([{ data: 'canary' }]);
    }
  });
});
