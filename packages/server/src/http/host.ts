import type { Handle, HttpRequest } from '@async-chatbot/core/http/handle';
import type { Request, RequestHandler, Response } from 'express';
import { readBody } from './read-body.ts';
import { sendJson } from './send-json.ts';
import { sendNdjson } from './send-ndjson.ts';
import { sendSse } from './send-sse.ts';

/** Hosts the pipeline in Express. */
export function host(handle: Handle): RequestHandler {
  // Shared by all requests: creating its stack would take five percent of a JSON send.
  const reason = new DOMException('The response is over', 'AbortError');

  return async function api(req, res) {
    const request = httpRequest(req, res, reason);
    const { status, headers, body, heartbeat } = await handle(request, res.locals);
    if (typeof body === 'string') sendJson(res, { status, headers, body });
    else if (heartbeat === undefined) await sendNdjson(res, { status, headers, body });
    else await sendSse(res, { status, headers, body, heartbeat });
  };
}

/**
 * The address and the signal cost time, so they are computed when they are needed. They are functions, since V8 gives each
 * object literal with a getter a hidden class of its own, which keeps the request in memory until the next full collection.
 */
function httpRequest(req: Request, res: Response, reason: DOMException): HttpRequest {
  let signal: AbortSignal | undefined;
  return {
    method: req.method,
    path: req.path,
    // The casts: Express's simple parser makes texts and lists of them; Node joins the values of most headers, and lists
    // none but `Set-Cookie`, which is no header of requests.
    query: req.query as HttpRequest['query'],
    headers: req.headers as HttpRequest['headers'],
    cookies: req.cookies,
    address: () => req.ip,
    signal: () => (signal ??= closeSignal(res, reason)),
    readBody: () => readBody(req, res),
  };
}

/** Aborted once the response is over or its client has left, also if that was before: `close` fires once. */
function closeSignal(res: Response, reason: DOMException): AbortSignal {
  const closing = new AbortController();
  if (res.destroyed) closing.abort(reason);
  else res.once('close', () => closing.abort(reason));
  return closing.signal;
}
