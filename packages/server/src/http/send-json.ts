import type { TextResponse } from '@async-chatbot/core/http/handle';
import type { Response } from 'express';

/** Writes directly to Node's response, which saves Express's handling of ETag, charset and 304. */
export function sendJson(res: Response, { status, headers, body }: TextResponse): void {
  res.writeHead(status, [...headers.flat(), 'Content-Length', `${Buffer.byteLength(body)}`]).end(body);
}
