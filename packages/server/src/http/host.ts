import type { Handle, HttpRequest } from '@async-chatbot/core/http/handle';
import type { Request, RequestHandler, Response } from 'express';
import { prefersPage, sendNotFoundPage } from '../docs/not-found-page.ts';
import { readBody } from './read-body.ts';
import { sendJson } from './send-json.ts';
import { sendNdjson } from './send-ndjson.ts';
import { sendSse } from './send-sse.ts';

/** Runs the pipeline in Express. Calls `onWait` when a request starts to wait for a bot. */
export function host(handle: Handle, onWait: (res: Response) => void): RequestHandler {
  // Shared by all requests, since creating its stack trace would take 5% of the time of a JSON send.
  const reason = new DOMException('The response is over', 'AbortError');

  return async function api(req, res) {
    const request = httpRequest(req, res, () => {
      onWait(res);
      return closeSignal(res, reason);
    });
    const { status, headers, body, heartbeat } = await handle(request, res.locals);
    if (res.locals.problem?.code === 'not-found' && prefersPage(req)) sendNotFoundPage(req, res);
    else if (typeof body === 'string') sendJson(res, { status, headers, body });
    else if (heartbeat === undefined) await sendNdjson(res, { status, headers, body });
    else await sendSse(res, { status, headers, body, heartbeat });
  };
}

/**
 * The address and the signal are computed on demand, since they take time. They are functions rather than getters, since V8
 * gives each object literal with a getter its own hidden class, which keeps the request in memory until the next full GC.
 */
function httpRequest(req: Request, res: Response, createSignal: () => AbortSignal): HttpRequest {
  let signal: AbortSignal | undefined;
  return {
    method: req.method,
    path: req.path,
    // The casts: Express's simple query parser returns strings and lists of strings. Node joins repeated headers, except for
    // `Set-Cookie`, which is not a request header.
    query: req.query as HttpRequest['query'],
    headers: req.headers as HttpRequest['headers'],
    cookies: req.cookies,
    address: () => req.ip,
    signal: () => (signal ??= createSignal()),
    readBody: () => readBody(req, res),
  };
}

/** Aborted when the response ends or the client disconnects, which may have happened already: `close` fires once. */
function closeSignal(res: Response, reason: DOMException): AbortSignal {
  const closing = new AbortController();
  if (res.destroyed) closing.abort(reason);
  else res.once('close', () => closing.abort(reason));
  return closing.signal;
}
