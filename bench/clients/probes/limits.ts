import { outcome, type Probe, withServer } from '../probe.ts';
import { silence } from '../replies.ts';

/** Whether a call that is not answered can be ended. */
export const limits: Probe[] = [
  {
    title: 'Takes a timeout for a call',
    run: (adapter) =>
      withServer(adapter, silence, async (client) => {
        const without = outcome(() => adapter.read(client));
        const limited = await outcome(() => adapter.read(client, { timeout: 300, timeoutMs: 300 }), 7000);
        const isAlone = (await Promise.race([without, 'still waiting'])) === 'still waiting';
        return limited !== 'pending' && 'error' in limited && isAlone;
      }),
  },
  {
    title: 'Takes an `AbortSignal`, and hangs up',
    run: (adapter) =>
      withServer(adapter, silence, async (client, { arrival, arrivals }) => {
        const controller = new AbortController();
        const arrived = arrival();
        const call = outcome(() => adapter.read(client, { signal: controller.signal }), 3000);
        if ((await outcome(() => arrived)) === 'pending') return false;
        controller.abort();
        const hungUp = await outcome(() => arrivals[0]?.closed ?? Promise.reject(), 3000);
        return hungUp !== 'pending' && (await call) !== 'pending';
      }),
  },
];
