import { hash } from 'node:crypto';
import type { Problem } from '@async-chatbot/shared/problem';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { v4 as uuid } from 'uuid';

declare global {
  namespace Express {
    /** What is known of a request, for its log line and its problem document. */
    interface Locals {
      requestId: string;
      operation?: string | undefined;
      userId?: string | undefined;
      problem?: Problem;
    }
  }
}

/** Gives every request its id and writes one line when it is over. Nothing that a caller sent is in the line. */
export function requestLog(log: Logger): RequestHandler {
  return function requestLog(req, res, next) {
    const startedAt = performance.now();
    res.locals.requestId = uuid();
    res.setHeader('X-Request-Id', res.locals.requestId);
    res.once('close', () => {
      const { problem } = res.locals;
      const line = {
        requestId: res.locals.requestId,
        operation: res.locals.operation,
        method: req.method,
        status: res.writableFinished ? res.statusCode : 'aborted',
        durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
        user: res.locals.userId && hashOf(res.locals.userId),
        ...(problem && { problem: problem.code, reason: reasonOf(problem) }),
      };
      if (problem && problem.status >= 500) log.error({ ...line, frames: framesOf(problem) }, 'request failed');
      else log.info(line, 'request');
    });
    next();
  };
}

/** Enough to tell two users apart, too little to find one. */
const hashOf = (userId: string): string => hash('sha256', userId).slice(0, 16);

/** Why, by the cause's name and code alone: a message may quote what the caller sent. */
function reasonOf({ cause }: Problem): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  // Some libraries name their classes alone; Node tells its errors apart by code.
  const name = cause.name === 'Error' ? cause.constructor.name : cause.name;
  return 'code' in cause && typeof cause.code === 'string' ? `${name} ${cause.code}` : name;
}

/** Where a fault of ours was thrown; an outage happens elsewhere. */
const framesOf = ({ code, cause }: Problem): string[] | undefined =>
  code === 'internal-error' && cause instanceof Error
    ? cause.stack?.match(/(?<=^ +at ).*$/gm)?.slice(0, 10)
    : undefined;
