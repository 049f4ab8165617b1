/** Bounds the calls of the request in progress, on a host that does so. */
export interface RequestScope {
  /** Throws `service-unavailable` if the client has disconnected or the deadline of the request has passed. */
  assertOpen(): void;
  /** Runs a function outside the request, so that its calls outlive it. */
  detach<Result>(run: () => Result): Result;
}

/** For a host without such bounds. */
export const UNBOUNDED: RequestScope = { assertOpen: () => undefined, detach: (run) => run() };

/** Runs a step to its end even if the client disconnects during it, but not if it has disconnected before. */
export function complete<Result>(scope: RequestScope, step: () => Result): Result {
  scope.assertOpen();
  return scope.detach(step);
}
