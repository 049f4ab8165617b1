/** Returns the result of a pool operation, or throws the host's error for the reason that it returned. */
export function unwrap<Outcome extends object | string>(
  outcome: Outcome,
  toError: (reason: Extract<Outcome, string>) => Error,
): Exclude<Outcome, string> {
  // The casts: TypeScript does not narrow a type parameter to its parts.
  if (typeof outcome === 'string') throw toError(outcome as Extract<Outcome, string>);
  return outcome as Exclude<Outcome, string>;
}
