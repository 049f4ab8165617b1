/** `code` names what is wrong with the token; the log shows it. */
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
