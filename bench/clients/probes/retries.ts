import type { Adapter } from '../adapter.ts';
import type { Arrival, Reply } from '../fault-server.ts';
import { outcome, type Probe, withServer } from '../probe.ts';
import { done, inTurn, problem, reset } from '../replies.ts';

const WAIT_MS = 2000;
/** A timer may be that much early. */
const TOLERANCE_MS = 50;

/** Whether a call that failed in passing is made again, and when. */
export const retries: Probe[] = [
  { title: 'Asks again after 503', run: (adapter) => isRetried(adapter, problem(adapter, 503)) },
  { title: 'Asks again after a cut connection', run: (adapter) => isRetried(adapter, reset) },
  { title: 'Waits for `Retry-After` in seconds, after', run: (adapter) => statusesWaitedFor(adapter, inSeconds) },
  { title: 'Waits for `Retry-After` as a date, after', run: (adapter) => statusesWaitedFor(adapter, byDate) },
];

async function isRetried(adapter: Adapter, fault: Reply): Promise<boolean> {
  return (await readsAfter(adapter, fault)).length > 1;
}

function readsAfter(adapter: Adapter, fault: Reply): Promise<Arrival[]> {
  return withServer(adapter, inTurn(fault, done), async (client, { arrivals }) => {
    await outcome(() => adapter.read(client));
    return arrivals;
  });
}

/** After which statuses it waits as long as it is told, where it does not by itself. */
async function statusesWaitedFor(adapter: Adapter, retryAfter: () => Told): Promise<string | false> {
  const statuses: number[] = [];
  for (const status of [403, 429, 503]) {
    const [first, second] = await readsAfter(adapter, problem(adapter, status));
    if (first && second && second.at - first.at >= WAIT_MS)
      throw new Error(`It waits too long by itself after ${status}`);
    const { header, notBefore } = retryAfter();
    const [, told] = await readsAfter(adapter, problem(adapter, status, { 'retry-after': header }));
    if (told && told.at >= notBefore - TOLERANCE_MS) statuses.push(status);
  }
  return statuses.length > 0 && statuses.join(', ');
}

interface Told {
  header: string;
  notBefore: number;
}

function inSeconds(): Told {
  return { header: String(WAIT_MS / 1000), notBefore: Date.now() + WAIT_MS };
}

/** A date has no milliseconds. */
function byDate(): Told {
  const notBefore = Math.ceil(Date.now() / 1000) * 1000 + WAIT_MS;
  return { header: new Date(notBefore).toUTCString(), notBefore };
}
