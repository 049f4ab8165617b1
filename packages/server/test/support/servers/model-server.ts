/** A scripted server of OpenAI's `/chat/completions` on loopback. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { onTestFinished } from 'vitest';

export interface ModelRequest {
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
  /** Resolves when the response is complete or its connection is closed. */
  closed: Promise<unknown>;
}

export type Script = (res: ServerResponse, request: ModelRequest) => unknown;

/** The nth request gets the nth script, later ones the last. */
export async function modelServer(...scripts: Script[]) {
  const requests: ModelRequest[] = [];
  const { promise: first, resolve: arrive } = Promise.withResolvers<ModelRequest>();
  const server = createServer(async (req, res) => {
    const request: ModelRequest = {
      path: req.url,
      headers: req.headers,
      body: JSON.parse(await text(req)),
      closed: once(res, 'close'),
    };
    requests.push(request);
    arrive(request);
    await scripts[Math.min(requests.length, scripts.length) - 1]?.(res, request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** Every request so far. */
    requests,
    /** Resolves to the first request when it arrives. */
    first,
  };
}

/** Begins a stream of events. */
export function stream(res: ServerResponse, ...parts: (string | Uint8Array)[]): ServerResponse {
  res.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (const part of parts) res.write(part);
  return res;
}

export const event = (data: unknown): string =>
  `data: ${typeof data === 'string' ? data : JSON.stringify({ id: 'c', created: 1, model: 'm', ...Object(data) })}\n\n`;

export const deltaEvent = (content: string): string => event({ choices: [{ index: 0, delta: { content } }] });

/** The end of a complete stream. */
export const end = (usage?: Record<string, number>, finish_reason = 'stop'): string =>
  event({ choices: [{ index: 0, delta: {}, finish_reason }] }) +
  (usage ? event({ choices: [], usage }) : '') +
  event('[DONE]');

/** Streams a complete reply, one event for each delta. */
export const replyWith =
  (...deltas: string[]): Script =>
  (res) =>
    stream(res, ...deltas.map(deltaEvent), end({ prompt_tokens: 30, completion_tokens: 12 })).end();

/** A response that is not a stream. The default header keeps the AI SDK from waiting two seconds before it retries. */
export const status =
  (code: number, body = '{}', headers: Record<string, string> = { 'retry-after-ms': '1' }): Script =>
  (res) =>
    res.writeHead(code, { 'Content-Type': 'application/json', ...headers }).end(body);

const FLOOD_BYTES = 50_000_000;

/** 50 MB as a single chunk of HTTP/1.1, no faster than they are read. */
export async function flood(
  { socket }: ServerResponse,
  code: number,
  prefix: string,
  onSent: (bytes: number) => void = () => undefined,
): Promise<void> {
  const block = Buffer.alloc(100_000, 'a');
  async function* bytes() {
    yield `HTTP/1.1 ${code} Flood\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n`;
    yield `${(FLOOD_BYTES + prefix.length).toString(16)}\r\n${prefix}`;
    for (let sent = 0; sent < FLOOD_BYTES; sent += block.length) {
      onSent(block.length);
      yield block;
    }
  }
  if (!socket) return;
  await pipeline(Readable.from(bytes()), socket, { end: false }).catch(() => undefined);
  if (!socket.destroyed) await once(socket, 'close');
}
