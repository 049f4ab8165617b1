import { timeout } from '@async-chatbot/shared/timeout';
import { untilAborted } from '@async-chatbot/shared/until-aborted';

/** Limits the calls of the current request, if the host does. */
export interface RequestScope {
  /** Throws `service-unavailable` if the client has disconnected or the deadline of the request has passed. */
  assertOpen(): void;
  /** Runs a function outside the request, so that its calls outlive it. */
  detach<Result>(run: () => Result): Result;
}

/** For a host without limits. */
export const UNBOUNDED: RequestScope = { assertOpen: () => undefined, detach: (run) => run() };

/** Runs a step to completion even if the client disconnects during it. Throws if it has already disconnected. */
export function complete<Result>(scope: RequestScope, step: () => Result): Result {
  scope.assertOpen();
  return scope.detach(step);
}

/** How long a response waits for a release, which may take seconds while the store is slow. */
const RELEASE_MS = 500;

/** Releases what was taken, even if the client has disconnected. Resolves when that is done, or soon. `run` must not reject. */
export async function release(scope: RequestScope, run: () => Promise<unknown>): Promise<void> {
  const limit = timeout(RELEASE_MS);
  await untilAborted(scope.detach(run), limit.signal);
  limit.clear();
}
