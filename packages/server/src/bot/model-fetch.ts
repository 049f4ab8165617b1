import type { ProxyEnv } from 'node:http';
import { Agent, EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';
import { boundedResponse, observedResponse } from '../bounded-response.ts';

/**
 * `fetch` for a model's server. It does not follow redirects, whose target would receive the key and the conversation, has no
 * timeout but its signal, limits the length of responses, and uses the proxy in `proxyEnv`.
 */
export function modelFetch(maxBytes: number, proxyEnv: ProxyEnv | undefined): typeof globalThis.fetch {
  const dispatchers = dispatchersOf(proxyEnv);
  // The cast: Undici's types and the global ones describe the same Web standard.
  const send = undiciFetch as unknown as (input: unknown, init: unknown) => Promise<Response>;
  return async (input, init) => {
    const isHttps = (input instanceof Request ? input.url : `${input}`).startsWith('https:');
    const dispatcher = isHttps ? dispatchers.https : dispatchers.http;
    const response = await send(input, { ...init, redirect: 'manual', dispatcher });
    return boundedResponse(response, maxBytes);
  };
}

/** Like Node's agents: a proxy per scheme, and lowercase variables take precedence. */
function dispatchersOf(env: ProxyEnv = {}) {
  // By default, Undici aborts a response after five silent minutes, which a model on a CPU may need.
  const timeouts = { headersTimeout: 0, bodyTimeout: 0 };
  const noProxy = env.no_proxy ?? env.NO_PROXY ?? '';
  const through = (proxy: string | undefined) =>
    proxy ? new EnvHttpProxyAgent({ ...timeouts, httpProxy: proxy, httpsProxy: proxy, noProxy }) : new Agent(timeouts);
  return { http: through(env.http_proxy ?? env.HTTP_PROXY), https: through(env.https_proxy ?? env.HTTPS_PROXY) };
}

/** Wraps a `fetch` to call `onActivity` for the response and for each of its chunks. */
export function reporting(fetch: typeof globalThis.fetch, onActivity: () => void): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    onActivity();
    return observedResponse(response, onActivity);
  };
}
