/** The baseline: a minimal `node:http` server with canned responses. */
import { createServer } from 'node:http';
import { byHand } from './by-hand.ts';
import { exchangeOf, MESSAGES } from './canned.ts';
import { listen } from './listen.ts';

await listen(
  createServer(
    byHand({
      list: async () => ({ messages: MESSAGES }),
      send: async ({ content }) => exchangeOf(content),
    }),
  ),
);
