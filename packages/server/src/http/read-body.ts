import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from '@async-chatbot/shared/max-body-bytes';
import { Problem } from '@async-chatbot/shared/problem';
import express, { type Request, type Response } from 'express';

const ENCODINGS = 'Send the body in UTF-8, uncompressed or compressed with gzip.';

const parseJson = express.json({
  limit: MAX_BODY_BYTES,
  // Allows any JSON; validation rejects bodies that are not objects.
  strict: false,
  verify: (_req, _res, bytes, charset) => {
    // The parser also accepts other Unicode encodings, even UTF-7, and replaces malformed bytes.
    if (charset !== 'utf-8') throw new Problem('unsupported-media-type', { detail: ENCODINGS });
    if (!isUtf8(bytes)) throw new Problem('malformed-request', { detail: 'The body is not valid UTF-8.' });
  },
});

/** Reads a JSON body; undefined if there is none. Throws a 400, 413 or 415. */
export async function readBody(req: Request, res: Response): Promise<unknown> {
  if (!hasBody(req)) return undefined;
  if (!req.is('application/json')) throw new Problem('unsupported-media-type');
  const error = await new Promise<unknown>((resolve) => {
    // The parser would first read the body to its end.
    if (declaresTooLarge(req)) return resolve(tooLarge());
    if (req.headers['transfer-encoding'] !== undefined) onTooLarge(req, () => resolve(tooLarge()));
    parseJson(req, res, resolve);
  });
  if (error) throw toBodyProblem(error);
  return req.body;
}

export const declaresTooLarge = ({ headers }: IncomingMessage): boolean =>
  Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES;

/** Calls back when a body without a declared length exceeds the limit. */
function onTooLarge(req: Request, callback: () => void): void {
  let bytes = 0;
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) callback();
  });
}

const tooLarge = () => new Problem('body-too-large');

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function toBodyProblem(cause: unknown): unknown {
  // body-parser changes the status of an error thrown by `verify`, and adds the body.
  if (cause instanceof Problem) return new Problem(cause.code, { detail: cause.message });
  // The cast: body-parser's errors have a `status`.
  const { status = 500 } = cause as { status?: number };
  if (status === 413) return tooLarge();
  if (status === 415) return new Problem('unsupported-media-type', { cause, detail: ENCODINGS });
  if (status < 500) return new Problem('malformed-request', { cause, detail: 'The body is not valid JSON.' });
  return cause;
}
