import type { TextResponse } from '@async-chatbot/core/http/handle';
import type { Response } from 'express';
import { allHeaders } from './response-headers.ts';

/**
 * Writes directly to Node's response, which saves Express's handling of ETag, charset and 304. A 204 has no body, and must not
 * have a `Content-Length` (RFC 9110, section 8.6).
 */
export function sendJson(res: Response, { status, headers, body }: TextResponse): void {
  const all = allHeaders(res, headers);
  if (status !== 204) all.push('Content-Length', `${Buffer.byteLength(body)}`);
  res.writeHead(status, all).end(body);
}
