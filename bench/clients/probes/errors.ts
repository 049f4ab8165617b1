import { randomUUID } from 'node:crypto';
import { type Adapter, loadAdapter } from '../adapter.ts';
import { outcome, type Probe, withServer } from '../probe.ts';
import { problem } from '../replies.ts';

/** Longer than all attempts at a 429 take. */
const PATIENCE_MS = 30_000;

/** What a program gets to know of a failure. */
export const errors: Probe[] = [
  {
    title: 'Tells a 404 from a 429 by `instanceof`',
    async run(adapter) {
      const { missing: Missing, tooMany: TooMany } = adapter.errorClasses?.() ?? { missing: Error, tooMany: Error };
      const [missing, tooMany] = [await errorOf(adapter, 404), await errorOf(adapter, 429)];
      const isEach = missing instanceof Missing && tooMany instanceof TooMany;
      return isEach && !(missing instanceof TooMany) && !(tooMany instanceof Missing);
    },
  },
  {
    title: "Puts the request's id into the error",
    async run(adapter) {
      const id = randomUUID();
      const error = await errorOf(adapter, 404, { [adapter.requestIdHeader ?? 'x-request-id']: id });
      return Object.values(error ?? {}).includes(id);
    },
  },
  {
    title: 'ESM and CommonJS know the same errors',
    async run({ errorClasses }, { commonjs }) {
      if (!errorClasses) return undefined;
      const copy = await loadAdapter(commonjs);
      const error = await errorOf(copy, 404);
      const isOfCopy = error instanceof (copy.errorClasses?.().any ?? Error);
      if (!isOfCopy) throw new Error('The copy does not know its own error');
      return error instanceof errorClasses().any;
    },
  },
];

/** What a call throws, if it does. */
function errorOf(adapter: Adapter, status: number, headers?: Record<string, string>): Promise<unknown> {
  return withServer(adapter, problem(adapter, status, headers), async (client) => {
    const failed = await outcome(() => adapter.read(client), PATIENCE_MS);
    return failed !== 'pending' && 'error' in failed ? failed.error : undefined;
  });
}
