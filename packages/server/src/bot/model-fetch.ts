import type { ProxyEnv } from 'node:http';
import { Agent, EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';
import { boundedResponse, observedResponse } from '../bounded-response.ts';

/**
 * `fetch` for a model's server. It follows no redirect, which would receive the key and the conversation, waits for as long
 * as its signal allows, bounds the length of a response, and goes through the proxy that the environment names.
 */
export function modelFetch(maxBytes: number, proxyEnv: ProxyEnv | undefined): typeof globalThis.fetch {
  const dispatchers = dispatchersOf(proxyEnv);
  // The cast: Undici's types of `fetch` and the global ones name the same Web standard.
  const send = undiciFetch as unknown as (input: unknown, init: unknown) => Promise<Response>;
  return async (input, init) => {
    const isHttps = (input instanceof Request ? input.url : `${input}`).startsWith('https:');
    const dispatcher = isHttps ? dispatchers.https : dispatchers.http;
    const response = await send(input, { ...init, redirect: 'manual', dispatcher });
    return boundedResponse(response, maxBytes);
  };
}

/** As Node's own agents have it: each scheme has its proxy or none, and lower-case names take precedence. */
function dispatchersOf(env: ProxyEnv = {}) {
  // Undici would end a response that is silent for five minutes; a model on a CPU may be.
  const timeouts = { headersTimeout: 0, bodyTimeout: 0 };
  const noProxy = env.no_proxy ?? env.NO_PROXY ?? '';
  const through = (proxy: string | undefined) =>
    proxy ? new EnvHttpProxyAgent({ ...timeouts, httpProxy: proxy, httpsProxy: proxy, noProxy }) : new Agent(timeouts);
  return { http: through(env.http_proxy ?? env.HTTP_PROXY), https: through(env.https_proxy ?? env.HTTPS_PROXY) };
}

/** The same `fetch`, which reports every chunk that arrives. */
export function reporting(fetch: typeof globalThis.fetch, onActivity: () => void): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    onActivity();
    return observedResponse(response, onActivity);
  };
}
