import { it } from 'vitest';
import { createMockServer } from '../../src/testing/index.ts';
import { journeys } from '../support/journeys.ts';

it.each(Object.entries(journeys))('a client at the mock %s', async (_title, travel) => {
  let aheadMs = 0;
  const server = createMockServer({ now: () => new Date(Date.now() + aheadMs) });
  await travel({
    ...server,
    passes(ms) {
      aheadMs += ms;
    },
  });
});
