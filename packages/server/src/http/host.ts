import type { Handle, HttpRequest } from '@async-chatbot/core/http/handle';
import type { Request, RequestHandler, Response } from 'express';
import { REQUEST_MS, type RequestContext, type RequestSignals } from '../request-context.ts';
import { readBody } from './read-body.ts';
import { sendJson } from './send-json.ts';
import { sendNdjson } from './send-ndjson.ts';
import { sendSse } from './send-sse.ts';

interface HostOptions {
  /** Called when a request starts to wait for a bot. */
  onWait: (res: Response) => void;
  /** How long the calls of a request may take together. */
  requestMs?: number | undefined;
}

/** Runs the pipeline in Express, in a context with the signals of the request. */
export function host(
  handle: Handle,
  context: RequestContext,
  { onWait, requestMs = REQUEST_MS }: HostOptions,
): RequestHandler {
  const signalsOf = requestSignals(requestMs);

  return async function api(req, res, next) {
    const signals = signalsOf(res);
    const request = httpRequest(req, res, () => {
      onWait(res);
      return signals.disconnected();
    });
    const { requestId: id } = res.locals;
    const response = await context.run({ id, signals }, () => handle(request, res.locals));
    const { status, headers, body, heartbeat } = response;
    // The documentation pages are not in the contract.
    if (res.locals.problem?.code === 'not-found') {
      res.locals.problem = undefined;
      next();
    } else if (typeof body === 'string') sendJson(res, { status, headers, body });
    else {
      // It has no deadline, but each of its calls to DynamoDB has.
      const { disconnected } = signals;
      await context.run({ id, signals: { disconnected } }, () =>
        heartbeat === undefined
          ? sendNdjson(res, { status, headers, body })
          : sendSse(res, { status, headers, body, heartbeat }),
      );
    }
  };
}

/**
 * The address and the signal are computed on demand, since they take time. They are functions rather than getters, since V8
 * gives each object literal with a getter its own hidden class, which keeps the request in memory until the next full GC.
 */
function httpRequest(req: Request, res: Response, signal: () => AbortSignal): HttpRequest {
  return {
    method: req.method,
    path: req.path,
    // The casts: Express's simple query parser returns strings and lists of strings. Node joins repeated headers, except for
    // `Set-Cookie`, which is not a request header.
    query: req.query as HttpRequest['query'],
    headers: req.headers as HttpRequest['headers'],
    cookies: req.cookies,
    address: () => req.ip,
    signal,
    readBody: () => readBody(req, res),
  };
}

function requestSignals(requestMs: number): (res: Response) => RequestSignals {
  // Shared by all requests, since creating a stack trace takes 5% of the time of a JSON send.
  const closed = new DOMException('The response is over', 'AbortError');
  const late = new DOMException('The calls of the request took too long', 'TimeoutError');

  return function signalsOf(res) {
    let disconnected: AbortSignal | undefined;
    let deadline: AbortSignal | undefined;
    return {
      disconnected: () => (disconnected ??= closeSignal(res)),
      deadline: () => (deadline ??= closeSignal(res, requestMs)),
    };
  };

  /** Aborted when the response ends or the client disconnects, which may have happened already: `close` fires once. */
  function closeSignal(res: Response, withinMs?: number): AbortSignal {
    const closing = new AbortController();
    const timer = withinMs && setTimeout(() => closing.abort(late), withinMs);
    const close = () => {
      clearTimeout(timer);
      closing.abort(closed);
    };
    if (res.destroyed) close();
    else res.on('close', close);
    return closing.signal;
  }
}
