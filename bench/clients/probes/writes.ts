import type { Adapter } from '../adapter.ts';
import { outcome, type Probe, withServer } from '../probe.ts';
import { done, inTurn, problem } from '../replies.ts';

/** Whether what changes something happens once. */
export const writes: Probe[] = [
  {
    title: 'Sends an idempotency key, the same when it asks again',
    async run(adapter) {
      const [first, second] = await keysOf(adapter, adapter.send ?? adapter.write);
      return first !== undefined && first === second;
    },
  },
  {
    title: 'Sends a POST without a key once',
    async run(adapter) {
      const keys = await keysOf(adapter, adapter.write);
      if (keys[0] !== undefined) return undefined;
      return keys.length === 1;
    },
  },
];

/** The keys of all attempts at a POST that fails at first. */
function keysOf(adapter: Adapter, post: (client: unknown) => Promise<unknown>) {
  return withServer(adapter, inTurn(problem(adapter, 503), done), async (client, { arrivals }) => {
    await outcome(() => post(client));
    return arrivals.map(({ headers }) => headers['idempotency-key']);
  });
}
