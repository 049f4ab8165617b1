/** The bare server: `node:http` without a log line, and with only the required headers. */
import { createServer } from 'node:http';
import { byHand } from './by-hand.ts';
import { listen } from './listen.ts';

await listen(
  createServer(
    byHand({
      begin: () => ({ requestId: '', operation: '', user: undefined }),
      headersOf: (_req, _record, type) => ['Content-Type', type],
    }),
  ),
);
