/** The baseline: Node's own server, written by hand, with canned answers. */
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
