import { problemResponse } from '@async-chatbot/core/http/responses';
import { toProblem } from '@async-chatbot/shared/problem';
import type { ErrorRequestHandler } from 'express';
import { sendJson } from './send-json.ts';

/** Handles errors outside the pipeline: in the documentation pages and in Express. */
export const problemHandler: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) return next(error);
  const problem = toProblem(error);
  res.locals.problem = problem;
  sendJson(res, problemResponse(problem, undefined, res.locals.requestId));
};
