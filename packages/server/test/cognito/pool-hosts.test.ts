/** The two hosts of the user pool agree: the error map translates each Cognito error into the other's problem. */
import { expect, it } from 'vitest';
import { ACCOUNT_SITUATIONS } from './account-situations.ts';
import { OPERATIONS } from './error-map.ts';
import { expectedOutcome } from './error-map-deviations.ts';
import { outcomeOf } from './outcome.ts';
import { memoryHost, wireHost } from './pool-hosts.ts';
import { SESSION_SITUATIONS } from './session-situations.ts';

const SITUATIONS = [...ACCOUNT_SITUATIONS, ...SESSION_SITUATIONS];

it.each(SITUATIONS)('%s with %s', async (operation, _title, run) => {
  const error = await run(await wireHost()).then(
    () => undefined,
    ({ name }: Error) => name,
  );
  const outcome = await outcomeOf(run(memoryHost()));
  expect(outcome).toBe(error ? expectedOutcome(error, operation) : 'success');
});

it('the situations cover success and failure of every operation', () => {
  for (const operation of OPERATIONS)
    expect(SITUATIONS.filter(([name]) => name === operation).length).toBeGreaterThan(2);
});
