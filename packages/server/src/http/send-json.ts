import type { Response } from 'express';

/** Straight to Node: Express would look for an ETag, a charset and a 304 first. */
export function sendJson(res: Response, status: number, type: string, body: unknown): void {
  const text = JSON.stringify(body);
  res.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) }).end(text);
}
