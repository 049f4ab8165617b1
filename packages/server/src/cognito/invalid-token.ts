/** `code`, which is logged, is the invalid claim or part of the token. */
export class InvalidTokenError extends Error {
  override name = 'InvalidTokenError';
  readonly code: string;

  constructor(code: string) {
    super(`Invalid token: ${code}`);
    this.code = code;
  }
}

export function assertToken(isValid: unknown, code: string): asserts isValid {
  if (!isValid) throw new InvalidTokenError(code);
}
