import type { RequestRecord } from '@async-chatbot/core/http/handle';
import type { RequestHandler } from 'express';
import { v4 as uuid } from 'uuid';
import type { HeaderList } from './response-headers.ts';

declare global {
  namespace Express {
    interface Locals extends RequestRecord {
      /** The headers of every response to this origin. */
      headers: HeaderList;
    }
  }
}

/** Gives each request an id and a record, in `res.locals`. */
export const requestRecord = (headersFor: (origin: string | undefined) => HeaderList): RequestHandler =>
  function requestRecord(req, res, next) {
    res.locals = { requestId: uuid(), headers: headersFor(req.headers.origin) };
    next();
  };
