import { hash } from 'node:crypto';
import type { Problem } from '@async-chatbot/shared/problem';
import type { Request, RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { framesOf } from '../error-frames.ts';

const MAX_HASHES = 10_000;

/** Creates the record of a request, and logs one line when the response ends. The line contains nothing that a client sent. */
export function requestLog(log: Logger, recordOf: (req: Request) => Express.Locals): RequestHandler {
  let violations = 0;
  const hashOf = userHashes();

  return function requestLog(req, res, next) {
    const startedAt = performance.now();
    const locals = recordOf(req);
    res.locals = locals;
    res.on('close', () => {
      const { requestId, operationId, userId, problem, violation } = locals;
      const line = {
        requestId,
        operation: operationId,
        method: req.method,
        status: res.writableFinished ? res.statusCode : 'aborted',
        durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
        user: userId && hashOf(userId),
        ...(problem && { problem: problem.code, reason: reasonOf(problem) }),
        // The count of this process, for alarms.
        ...(violation && { violation, violations: ++violations }),
      };
      if (problem && problem.status >= 500) log.error({ ...line, frames: framesIn(problem) }, 'request failed');
      else if (violation) log.error(line, 'response violates the contract');
      else log.info(line, 'request');
    });
    next();
  };
}

/** Enough to distinguish users, but not to identify one. */
function userHashes(): (userId: string) => string {
  const hashes = new LRUCache<string, string>({ max: MAX_HASHES });
  return function hashOf(userId) {
    const known = hashes.get(userId);
    if (known !== undefined) return known;
    const hashed = hash('sha256', userId).slice(0, 16);
    hashes.set(userId, hashed);
    return hashed;
  };
}

/** The name and code of the cause; its message may quote the request. */
function reasonOf({ cause }: Problem): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  // Some libraries' errors differ only by class, and Node's only by code.
  const name = cause.name === 'Error' ? cause.constructor.name : cause.name;
  return 'code' in cause && typeof cause.code === 'string' ? `${name} ${cause.code}` : name;
}

/** Only for internal errors; for others, such as outages, the stack is not useful. */
const framesIn = ({ code, cause }: Problem): string[] | undefined =>
  code === 'internal-error' ? framesOf(cause) : undefined;
