import { pageOfMessages } from '../pages.ts';
import { gather, outcome, type Probe, withServer } from '../probe.ts';
import { json } from '../replies.ts';

/** Whether what comes in pieces comes as a whole. */
export const lists: Probe[] = [
  {
    title: 'Turns the pages of a list',
    run: async (adapter) => {
      const { page = pageOfMessages } = adapter;
      let asked = 0;
      return withServer(
        adapter,
        (res, arrival) => {
          asked += 1;
          const next = asked < 2 ? `http://${arrival.headers.host}/next` : undefined;
          const { body, headers } = page([`${asked}a`, `${asked}b`], next);
          return json(body, headers)(res, arrival);
        },
        async (client) => {
          const seen: unknown[] = [];
          await outcome(() => gather(adapter.list(client), seen));
          if (seen.length < 2) throw new Error('It does not list one page');
          return JSON.stringify(seen).includes('2b');
        },
      );
    },
  },
];
