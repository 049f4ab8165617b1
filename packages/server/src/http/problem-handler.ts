import { toProblem } from '@async-chatbot/shared/problem';
import type { ErrorRequestHandler } from 'express';
import { sendJson } from './send-json.ts';

/** The last handler: whatever was thrown is answered as a problem document (RFC 9457). */
export const problemHandler: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) return next(error);
  const problem = toProblem(error);
  res.locals.problem = problem;
  res.set(problem.headers);
  sendJson(res, problem.status, 'application/problem+json', problem.toDocument(res.locals.requestId));
};
