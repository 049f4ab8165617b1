/** Not a server, but a client in its own process, so that its latencies are not those of the load generator. */
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from './deltas.ts';
import { report } from './listen.ts';

/** What to measure. */
export interface ProbeRequest {
  kind: 'health' | 'first-delta';
  port: number;
  headers: Record<string, string>;
  body: string | undefined;
  /** How long, one request after the other. */
  durationMs: number;
}

/** Between two requests. */
const PAUSE_MS = 2;

const agent = new http.Agent({ keepAlive: true });

process.on('message', (message: ProbeRequest | 'usage') => {
  if (message === 'usage') return;
  void probe(message).then((latenciesMs) => process.send?.(latenciesMs));
});
report({ port: 0 });

async function probe(request: ProbeRequest): Promise<number[]> {
  const measure = request.kind === 'health' ? healthMs : firstDeltaMs;
  const latencies: number[] = [];
  // The first one opens the connection.
  await measure(request);
  for (const end = performance.now() + request.durationMs; performance.now() < end; await sleep(PAUSE_MS))
    latencies.push(await measure(request));
  return latencies;
}

/** Milliseconds until `/health` has responded. */
async function healthMs({ port }: ProbeRequest): Promise<number> {
  const startedAt = performance.now();
  const response = await send({ port, path: '/health', agent });
  for await (const _ of response);
  return performance.now() - startedAt;
}

/** Milliseconds from the bot's first delta, which is the time at which it was sent, to the client. */
async function firstDeltaMs({ port, headers, body }: ProbeRequest): Promise<number> {
  const response = await send({ port, path: '/messages', method: 'POST', headers, agent }, body);
  let text = '';
  let latency: number | undefined;
  for await (const chunk of response) {
    const receivedAt = monotonicMs();
    text += chunk;
    const sentAt = /"delta":"([\d.]+)/.exec(text)?.[1];
    if (sentAt !== undefined) latency ??= receivedAt - Number(sentAt);
  }
  if (latency === undefined) throw new Error(`Expected a delta, got ${response.statusCode} ${text}`);
  return latency;
}

const send = (options: http.RequestOptions, body?: string): Promise<http.IncomingMessage> =>
  new Promise((resolve, reject) => {
    http
      .request({ host: '127.0.0.1', ...options }, resolve)
      .on('error', reject)
      .end(body);
  });
