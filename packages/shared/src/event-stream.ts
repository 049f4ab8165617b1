import { LINE_BREAK, lineParser } from './lines.ts';

/** A server-sent event (HTML Standard, section 9.2). */
export interface ServerSentEvent {
  /** The client's `Last-Event-ID` when it reconnects. An empty id resets it. */
  id?: string;
  /** The event type, `message` by default. */
  event?: string | undefined;
  /** How long the client waits before it reconnects, in milliseconds. */
  retry?: number;
  data: string;
}

/** A comment, which keeps an idle connection open. */
export const HEARTBEAT = ':\n\n';

/** Some proxies close a connection that is idle for 30 s. */
export const HEARTBEAT_MS = 15_000;

/** Formats an event. Line breaks in `data` become line feeds, the only ones that the format can transmit. */
export function formatEvent({ id, event, retry, data }: ServerSentEvent): string {
  // Clients ignore an id with a NUL.
  if (/[\r\n\0]/.test(`${id}${event}`)) throw new TypeError('An id or event type must not contain a line break or NUL');
  if (!/^(\d+|undefined)$/.test(`${retry}`)) throw new TypeError('retry must be a whole number of milliseconds');
  const fields = { id, event, retry };
  const lines = Object.entries(fields).map(([name, value]) => (value === undefined ? '' : `${name}: ${value}\n`));
  return `${lines.join('')}data: ${data.split(LINE_BREAK).join('\ndata: ')}\n\n`;
}

/** Parses the bytes of one connection. Unusable after `push` has thrown. */
interface EventParser {
  /** Returns the events that these bytes complete. Throws on invalid UTF-8 and on an event that is too long. */
  push(bytes: Uint8Array): ServerSentEvent[];
}

/**
 * Parses server-sent events. An event has the last id of the stream, its own or an earlier event's. A `retry` without data
 * is returned with the next event. Input after the last empty line is not an event.
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
        // A comment has an empty field name, and is ignored like any unknown field.
        const [name = ''] = line.split(':', 1);
        const value = line.slice(name.length + 1).replace(/^ /, '');
        if (name === 'data') data += `${value}\n`;
        if (name === 'event') frame.event = value || undefined;
        if (name === 'id' && !value.includes('\0')) frame.id = value;
        if (name === 'retry' && /^\d+$/.test(value)) frame.retry = Number(value);
        if (line !== '') continue;
        // An empty line ends an event, which is ignored without data.
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
    if (line.length + data.length > maxLength) throw new RangeError(`Event exceeds ${maxLength} characters`);
  }
}
