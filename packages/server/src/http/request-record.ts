import type { IncomingMessage } from 'node:http';
import type { RequestRecord } from '@async-chatbot/core/http/handle';
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

/** Creates `res.locals` of a request, with a new id. */
export const requestRecords =
  (headersFor: (origin: string | undefined) => HeaderList) =>
  ({ headers: { origin } }: IncomingMessage): Express.Locals => ({ requestId: uuid(), headers: headersFor(origin) });
