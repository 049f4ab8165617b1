interface Signalled {
  readonly signal?: AbortSignal;
}

/** Aborted with the client's signal or with that of the call, whichever there are. */
export function anySignal(...parts: readonly Signalled[]): AbortSignal {
  return AbortSignal.any(parts.flatMap(({ signal }) => signal ?? []));
}
