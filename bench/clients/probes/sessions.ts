import type { Adapter } from '../adapter.ts';
import { outcome, type Probe, withServer } from '../probe.ts';
import { inTurn, json, problem } from '../replies.ts';

const opened = json({ message: 'Login successful' }, { 'set-cookie': 'session=1; Path=/; HttpOnly' });

/** Whether it holds a session, in Node, where no browser does it. */
export const sessions: Probe[] = [
  {
    title: 'Keeps cookies in Node',
    run: (adapter) =>
      withServer(adapter, opened, async (client, { arrivals }) => {
        await outcome(() => adapter.read(client));
        await outcome(() => adapter.read(client));
        return arrivals[1]?.headers.cookie === 'session=1';
      }),
  },
  { title: 'Refreshes an expired session, and repeats the call', run: isRefreshed },
];

async function isRefreshed(adapter: Adapter): Promise<boolean> {
  const reads = inTurn(problem(adapter, 401), opened);
  const reply: typeof reads = (res, arrival) => (arrival.line.startsWith('GET') ? reads : opened)(res, arrival);
  return withServer(adapter, reply, async (client, { arrivals }) => {
    await adapter.logIn?.(client);
    const before = arrivals.length;
    await outcome(() => adapter.read(client));
    const [read, refresh, repeated] = arrivals.slice(before).map(({ line }) => line);
    return read !== undefined && refresh !== read && repeated === read;
  });
}
