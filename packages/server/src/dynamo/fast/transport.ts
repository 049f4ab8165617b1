import type { Dispatcher } from 'undici';
import type { ClientLimits } from '../client-limits.ts';
import type { DynamoConfig } from '../dynamo-config.ts';
import { abortError } from '../unless-aborted.ts';

export interface RawResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export type Post = (headers: Record<string, string>, body: string, signal: AbortSignal) => Promise<RawResponse>;

/** Less than the idle time after which servers close connections. */
const KEEP_ALIVE_MS = 30_000;

/** Twice DynamoDB's maximum, 16 MB, as JSON adds to it. */
const MAX_RESPONSE_BYTES = 32_000_000;

/** Sends POST requests over pooled connections. If a request is aborted or times out, it rejects and its connection closes. */
export function transport({ origin, pathname }: URL, config: DynamoConfig, { sockets, attemptMs }: ClientLimits): Post {
  let loading: Promise<Dispatcher> | undefined;
  let loaded: Dispatcher | undefined;

  return async (headers, body, signal) => {
    loading ??= dispatcher(origin, config, sockets, attemptMs / 2);
    loaded ??= await loading;
    return exchange(loaded, { origin, path: pathname, method: 'POST', headers, body }, attemptMs, signal);
  };
}

function exchange(pool: Dispatcher, request: Dispatcher.DispatchOptions, attemptMs: number, signal: AbortSignal) {
  return new Promise<RawResponse>((resolve, reject) => {
    if (signal.aborted) return reject(abortError(signal));
    let controller: Dispatcher.DispatchController | undefined;
    let stopped: Error | undefined;
    let [status, responseHeaders]: [number, RawResponse['headers']] = [0, {}];
    let chunks: Buffer[] = [];

    const stop = (error: Error) => {
      stopped = error;
      reject(error);
      controller?.abort(error);
    };
    const onAbort = () => stop(abortError(signal));
    const timer = setTimeout(() => stop(timeoutError(attemptMs)), attemptMs);
    signal.addEventListener('abort', onAbort);
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };

    pool.dispatch(request, {
      onRequestStart(started) {
        controller = started;
        // It was aborted while it waited for a connection. Throwing keeps the connection; `abort` would close it.
        if (stopped) throw stopped;
      },
      onResponseStart(_controller, code, received) {
        status = code;
        responseHeaders = received;
        chunks = [];
      },
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd() {
        settle();
        const [first = Buffer.alloc(0)] = chunks;
        resolve({ status, headers: responseHeaders, body: chunks.length > 1 ? Buffer.concat(chunks) : first });
      },
      onResponseError(_controller, error) {
        settle();
        reject(error);
      },
    });
  });
}

/** Loads undici on the first call, to keep the start short. Its own timeouts are off, since `exchange` limits the whole request. */
async function dispatcher(
  origin: string,
  { proxyEnv: env = {} }: DynamoConfig,
  connections: number,
  connectMs: number,
): Promise<Dispatcher> {
  // A CommonJS package that is bundled has no other export.
  const { EnvHttpProxyAgent, Pool } = (await import('undici')).default;
  const options = {
    connections,
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_RESPONSE_BYTES,
    connect: { timeout: connectMs },
  };
  const proxy = origin.startsWith('https:') ? (env.https_proxy ?? env.HTTPS_PROXY) : (env.http_proxy ?? env.HTTP_PROXY);
  if (!proxy) return new Pool(origin, options);
  // With both set: without a proxy for https, undici would use the one for http.
  const noProxy = env.no_proxy ?? env.NO_PROXY ?? '';
  return new EnvHttpProxyAgent({ ...options, httpProxy: proxy, httpsProxy: proxy, noProxy });
}

const timeoutError = (ms: number): Error =>
  Object.assign(new Error(`DynamoDB did not respond within ${ms} ms`), { name: 'TimeoutError', code: 'ETIMEDOUT' });
