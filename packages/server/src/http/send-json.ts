import type { TextResponse } from '@async-chatbot/core/http/handle';
import type { Response } from 'express';

/** Straight to Node: Express would look for an ETag, a charset and a 304 first. */
export function sendJson(res: Response, { status, headers, body }: TextResponse): void {
  res.writeHead(status, [...headers.flat(), 'Content-Length', `${Buffer.byteLength(body)}`]).end(body);
}
