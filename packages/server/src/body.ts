import { isUtf8 } from 'node:buffer';
import express, { type Request, type Response } from 'express';
import { Problem } from './problem.ts';

const LIMIT = '64kb';

const parseJson = express.json({
  limit: LIMIT,
  // A body that is no object is the spec's to refuse.
  strict: false,
  verify: (_req, _res, bytes) => {
    if (!isUtf8(bytes)) throw new Problem('malformed-request', { detail: 'The body is not valid UTF-8.' });
  },
});

/** Reads a JSON body; undefined where none was sent. Throws a 400, 413 or 415. */
export async function readBody(req: Request, res: Response): Promise<unknown> {
  if (!hasBody(req)) return undefined;
  if (!req.is('application/json')) throw new Problem('unsupported-media-type');
  const error = await new Promise<unknown>((resolve) => parseJson(req, res, resolve));
  if (error) throw toBodyProblem(error);
  return req.body;
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** What body-parser throws has a `status`, and a `type` where it knows one. */
function toBodyProblem(cause: unknown): unknown {
  const { status = 500, type = '' } = cause as { status?: number; type?: string };
  if (type === 'entity.verify.failed')
    return new Problem('malformed-request', { detail: 'The body is not valid UTF-8.' });
  if (status === 413) return new Problem('body-too-large', { cause });
  if (status === 415)
    return new Problem('unsupported-media-type', { cause, detail: 'Send the body as UTF-8, plain or gzip.' });
  if (status < 500) return new Problem('malformed-request', { cause, detail: 'The body is not valid JSON.' });
  return cause;
}
