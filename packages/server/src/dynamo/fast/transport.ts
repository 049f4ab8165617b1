import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { DynamoConfig } from '../dynamo-config.ts';
import type { Limits } from '../limits.ts';

export interface Response {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export type Post = (headers: Record<string, string>, body: string, signal: AbortSignal) => Promise<Response>;

/** Sends POST requests over pooled connections. An aborted or late one rejects and closes its connection. */
export function transport(
  url: URL,
  { proxyEnv }: Pick<DynamoConfig, 'proxyEnv'>,
  { sockets, attemptMs }: Limits,
): Post {
  const { Agent, request } = url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: sockets, proxyEnv });
  const target = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: url.pathname,
    method: 'POST',
    agent,
  };

  return (headers, body, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(abortError(signal));
      const sent = request({ ...target, headers: { ...headers, 'content-length': Buffer.byteLength(body) } });
      const stop = (error: Error) => {
        reject(error);
        sent.destroy();
      };
      const onAbort = () => stop(abortError(signal));
      const timer = setTimeout(() => stop(timeoutError(attemptMs)), attemptMs);
      signal.addEventListener('abort', onAbort);
      sent.on('error', reject);
      sent.on('close', () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      });
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const [first = Buffer.alloc(0), ...others] = chunks;
          const body = others.length === 0 ? first : Buffer.concat(chunks);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      });
      sent.end(body);
    });
}

export const abortError = ({ reason }: AbortSignal): Error =>
  Object.assign(new Error('The call was aborted', { cause: reason }), { name: 'AbortError' });

const timeoutError = (ms: number): Error =>
  Object.assign(new Error(`DynamoDB did not respond within ${ms} ms`), { name: 'TimeoutError', code: 'ETIMEDOUT' });
