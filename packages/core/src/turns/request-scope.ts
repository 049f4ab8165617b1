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
