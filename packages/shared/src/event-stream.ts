import { LINE_BREAK, lineParser } from './lines.ts';

/** A server-sent event (HTML Standard, section 9.2). */
export interface ServerSentEvent {
  /** What a client sends as `Last-Event-ID` when it reconnects; an empty id resets it. */
  id?: string;
  /** `message` if it is left out. */
  event?: string | undefined;
  /** How many milliseconds the client waits before it reconnects. */
  retry?: number;
  data: string;
}

/** A frame without an event, which keeps a silent connection alive. */
export const HEARTBEAT = ':\n\n';

/** Proxies cut a connection that is silent for long, some after 30 s. */
export const HEARTBEAT_MS = 15_000;

/** The frame of an event. The format has no line breaks in data but the line feed, so every other becomes one. */
export function formatEvent({ id, event, retry, data }: ServerSentEvent): string {
  // Clients ignore an id with a NUL.
  if (/[\r\n\0]/.test(`${id}${event}`)) throw new TypeError('An id or event may hold no line break and no NUL');
  if (!/^(\d+|undefined)$/.test(`${retry}`)) throw new TypeError('A retry is a whole number of milliseconds');
  const fields = { id, event, retry };
  const lines = Object.entries(fields).map(([name, value]) => (value === undefined ? '' : `${name}: ${value}\n`));
  return `${lines.join('')}data: ${data.split(LINE_BREAK).join('\ndata: ')}\n\n`;
}

/** Parses the bytes of one connection. Must not be used after `push` has thrown. */
interface EventParser {
  /** The events that end in these bytes. Throws on what is no UTF-8, and on an unfinished event that is too long. */
  push(bytes: Uint8Array): ServerSentEvent[];
}

/**
 * Reads frames. An event has the last id of the stream, from its own frame or an earlier one; a `retry` in a frame without
 * data comes with the next event. What follows the last empty line is no event.
 */
export function eventParser(maxLength = 1_000_000): EventParser {
  const lines = lineParser();
  const frame: Partial<ServerSentEvent> = {};
  let data = '';

  return {
    push(bytes) {
      const events: ServerSentEvent[] = [];
      for (const line of lines.push(bytes)) {
        checkLength(line);
        // A comment is a field without a name, and ignored as any that is unknown.
        const [name = ''] = line.split(':', 1);
        const value = line.slice(name.length + 1).replace(/^ /, '');
        if (name === 'data') data += `${value}\n`;
        if (name === 'event') frame.event = value || undefined;
        if (name === 'id' && !value.includes('\0')) frame.id = value;
        if (name === 'retry' && /^\d+$/.test(value)) frame.retry = Number(value);
        if (line !== '') continue;
        // An empty line ends an event, if it has data.
        if (data !== '') {
          events.push({ ...frame, data: data.slice(0, -1) });
          delete frame.retry;
        }
        delete frame.event;
        data = '';
      }
      checkLength(lines.rest());
      return events;
    },
  };

  function checkLength(line: string): void {
    if (line.length + data.length > maxLength) throw new RangeError(`An event is longer than ${maxLength} characters`);
  }
}
