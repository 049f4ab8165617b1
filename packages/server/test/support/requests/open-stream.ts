import { eventParser } from '@async-chatbot/shared/event-stream';
import { expect } from 'vitest';
import type { Client, Send } from './client.ts';

interface OpenStream {
  status: number;
  headers: Headers;
  /** The data and id of every event so far. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of an event.
  events: any[];
  /** Resolves when the stream has ended; rejects if the connection breaks. */
  ended: Promise<void>;
  leave(): void;
}

interface StreamOptions {
  json?: unknown;
  headers?: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  onEvent?: (event: any) => void;
}

/** Opens a stream and reads it as it arrives. */
export async function openStream(
  { baseUrl, jar, send = fetch }: Pick<Client, 'baseUrl' | 'jar'> & { send?: Send },
  method: string,
  path: string,
  { json, headers = {}, onEvent = () => undefined }: StreamOptions = {},
): Promise<OpenStream> {
  const leaving = new AbortController();
  const response = await send(baseUrl + path, {
    method,
    signal: leaving.signal,
    headers: {
      accept: 'text/event-stream',
      cookie: [...jar].map((pair) => pair.join('=')).join('; '),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  expect(response.headers.get('content-type')).toBe(response.ok ? 'text/event-stream' : 'application/problem+json');
  const events: OpenStream['events'] = [];
  const { status, headers: received } = response;
  return { status, headers: received, events, ended: read(response, onEvent, events), leave: () => leaving.abort() };
}

async function read(
  response: Response,
  onEvent: (event: unknown) => void,
  events: OpenStream['events'],
): Promise<void> {
  const parser = eventParser();
  for await (const bytes of response.body ?? [])
    for (const { id, event, retry, data } of parser.push(bytes)) {
      const received = JSON.parse(data);
      expect(event).toBe(received.type);
      events.push({ ...received, id, retry });
      onEvent(received);
    }
}

/** The deltas since the last `reply-started`, joined. */
export const textOf = (events: OpenStream['events']): string =>
  events
    .slice(events.findLastIndex(({ type }) => type === 'reply-started') + 1)
    .map(({ delta = '' }) => delta)
    .join('');

export const typesOf = (events: OpenStream['events']): string[] => events.map(({ type }) => type);
