import type { CallEntry, OperationId } from '@async-chatbot/api-spec';
import { calls } from '@async-chatbot/api-spec/calls';
import type { ChangeOptions, ClientOptions, ResumeOptions, SendOptions } from '../options.ts';
import { given } from './defined-entries.ts';
import type { Next } from './middleware.ts';
import { operationUrl, type UrlParameters } from './operation-url.ts';
import { readAnswer } from './parse-response.ts';
import { watchOver } from './request-timeout.ts';

/** All that any operation may take. */
export interface AnyInput extends UrlParameters, SendOptions, ChangeOptions, ResumeOptions {
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  /** The media type of the answer, where the operation has several. */
  readonly accept?: string;
  /** Whether the body of a success is left to the caller, who may say so until it comes. */
  readonly reading?: { isRaw: boolean };
  /** Turns the body of a 202 into that of the call. */
  readonly complete?: (accepted: unknown) => Promise<unknown>;
}

/** What a call takes when it is made: aborted by its own signal and by that of the client. */
export interface SentInput extends AnyInput {
  readonly signal: AbortSignal;
}

/** What came of a call. */
export interface Answer {
  readonly data: unknown;
  readonly response: Response;
  readonly requestId: string | undefined;
}

/** Sends a call and reads its answer; sent again, it is the same request with the cookies of then. */
export type Attempt = (retries: number) => Promise<Answer>;

/** Turns a call into a request, without sending it. */
export type Prepare = (id: OperationId, input: SentInput) => Attempt;

/** A JSON response takes about 50 s at most, and a stream is never silent for longer than 15 s. */
const USUAL_TIMEOUT_MS = 100_000;

/** Prepares calls of the API at `base`. */
export function attempts(base: string, send: Next, options: ClientOptions): Prepare {
  const { token, middleware = [] } = options;
  const uncached = noStore();

  return function prepare(operationId, input) {
    const [method, path, , { accept: usual = 'application/json' } = {}]: CallEntry = calls[operationId];
    const { accept = usual, reading, id_conversation, timeoutMs = options.timeoutMs ?? USUAL_TIMEOUT_MS } = input;
    const url = base + operationUrl(path, input.path, { id_conversation, ...input.query });
    const body: string | undefined = JSON.stringify(input.body);
    const named = { ...input.header, ...input.headers };

    return async function attempt(retries) {
      const watch = watchOver(`${method} ${url.replace(/\?.*/, '')}`, timeoutMs, input);
      // The first of the middleware is outermost.
      const sendThrough = middleware.reduceRight<Next>(
        (next, layer) => async (request) => layer(request, next),
        (request) => send(request).catch((cause: unknown) => watch.lost(cause, 'No answer')),
      );

      return watch.during(async () => {
        const bearer = typeof token === 'function' ? await token() : token;
        const headers = new Headers(options.headers);
        const own = given({
          authorization: bearer ? `Bearer ${bearer}` : undefined,
          'idempotency-key': input.idempotencyKey,
          'if-match': input.ifMatch,
          'last-event-id': input.lastEventId,
          ...named,
          accept: `${accept}, application/problem+json`,
          'content-type': body && 'application/json',
        });
        for (const [name, value] of own) headers.set(name, value);
        const response = await sendThrough({
          operationId,
          retries,
          url,
          method,
          headers,
          body: body ?? null,
          signal: watch.signal,
          // A session of the page beside a token would be two credentials at once.
          credentials: token ? 'omit' : 'include',
          // The API never redirects; whoever does must not be given the session.
          redirect: 'manual',
          ...uncached,
        });
        const requestId = response.headers.get('x-request-id') ?? undefined;
        const isLeft = response.ok && reading?.isRaw;
        const data = isLeft ? undefined : await readAnswer(accept, response, requestId, watch);
        return { data, response, requestId };
      });
    };
  };
}

/** Next.js 14 caches every fetch that does not opt out; some workers reject the option. */
function noStore(): Pick<RequestInit, 'cache'> {
  const uncached = { cache: 'no-store' } as const;
  try {
    new Request('http://localhost', uncached);
    return uncached;
  } catch {
    return {};
  }
}
