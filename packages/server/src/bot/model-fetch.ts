import type { ProxyEnv } from 'node:http';
import { Agent, EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';

/** A response that is longer than this breaks off. */
export class ResponseTooLongError extends Error {
  override name = 'ResponseTooLongError';
  readonly code = 'too long';
}

/**
 * `fetch` for a model's server. It follows no redirect, which would receive the key and the conversation, waits for as long
 * as its signal allows, bounds the length of a response, and goes through the proxy that the environment names.
 */
export function modelFetch(maxBytes: number, proxyEnv: ProxyEnv | undefined): typeof globalThis.fetch {
  // Undici would end a response that is silent for five minutes; a model on a CPU may be.
  const timeouts = { headersTimeout: 0, bodyTimeout: 0 };
  const dispatcher = proxyEnv ? new EnvHttpProxyAgent({ ...timeouts, ...proxiesOf(proxyEnv) }) : new Agent(timeouts);
  // The cast: Undici's types of `fetch` and the global ones name the same Web standard.
  const send = undiciFetch as unknown as (input: unknown, init: unknown) => Promise<Response>;
  return async (input, init) => {
    const response = await send(input, { ...init, redirect: 'manual', dispatcher });
    return withBody(response, atMost(maxBytes));
  };
}

/** Empty rather than left out, since Undici would look in the environment by itself. */
const proxiesOf = (env: ProxyEnv) => ({
  httpProxy: env.http_proxy ?? env.HTTP_PROXY ?? '',
  httpsProxy: env.https_proxy ?? env.HTTPS_PROXY ?? '',
  noProxy: env.no_proxy ?? env.NO_PROXY ?? '',
});

/** The same `fetch`, which reports every chunk that arrives. */
export function reporting(fetch: typeof globalThis.fetch, onActivity: () => void): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    onActivity();
    return withBody(response, forEachChunk(onActivity));
  };
}

function withBody(response: Response, through: TransformStream<Uint8Array, Uint8Array>): Response {
  return new Response(response.body?.pipeThrough(through), {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
  });
}

function forEachChunk(act: (chunk: Uint8Array) => void): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      act(chunk);
      controller.enqueue(chunk);
    },
  });
}

function atMost(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return forEachChunk((chunk) => {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new ResponseTooLongError();
  });
}
