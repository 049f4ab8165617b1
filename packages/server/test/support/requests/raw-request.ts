import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Sends one byte per character, for requests that `fetch` would correct or reject. */
export async function rawRequest(baseUrl: string, bytes: string): Promise<Response> {
  const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1');
  socket.write(bytes, 'latin1');
  const [head, body] = split(await text(socket), '\r\n\r\n');
  const [statusLine, headers] = split(head, '\r\n');
  return new Response(body, {
    status: Number(statusLine.split(' ')[1]),
    headers: headers.split('\r\n').map((line) => split(line, ': ')),
  });
}

/** Formats the head of a request. */
export const http = (...lines: string[]): string => `${lines.join('\r\n')}\r\n\r\n`;

function split(whole: string, separator: string): [string, string] {
  const end = whole.indexOf(separator);
  return end < 0 ? [whole, ''] : [whole.slice(0, end), whole.slice(end + separator.length)];
}
