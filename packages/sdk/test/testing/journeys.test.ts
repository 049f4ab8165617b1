import { it } from 'vitest';
import { createMockServer } from '../../src/testing/index.ts';
import { journeys } from '../support/journeys.ts';

it.each(Object.entries(journeys))('a client of the mock server %s', async (_title, run) => {
  let aheadMs = 0;
  const server = createMockServer({ now: () => new Date(Date.now() + aheadMs) });
  await run({
    ...server,
    passes(ms) {
      aheadMs += ms;
    },
  });
});
