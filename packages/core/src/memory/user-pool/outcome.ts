/** What an operation of the pool made; throws what its host makes of the reason why it made nothing. */
export function accepted<Outcome extends object | string>(
  outcome: Outcome,
  toError: (reason: Extract<Outcome, string>) => Error,
): Exclude<Outcome, string> {
  // The casts: TypeScript does not narrow a type parameter to its parts.
  if (typeof outcome === 'string') throw toError(outcome as Extract<Outcome, string>);
  return outcome as Exclude<Outcome, string>;
}
