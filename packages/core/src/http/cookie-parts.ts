import { Problem } from '@async-chatbot/shared/problem';

/** Browsers silently drop a cookie whose name and value are longer than 4096 bytes (RFC 6265bis). Some count its attributes too. */
const PART_LENGTH = 3900;

/** With a refresh token of 2 kB, the cookies stay below the 16 kB that Node and most proxies accept as the headers of a request. */
const MAX_PARTS = 3;

/** The names of the cookies that a long token is split into, in order. */
export const partNames = (name: string): string[] =>
  Array.from({ length: MAX_PARTS }, (_, index) => (index === 0 ? name : `${name}.${index}`));

/** Splits a token. Throws `service-unavailable` if it is too long, since only an operator can shorten it. */
export function toParts(token: string): string[] {
  const count = Math.ceil(token.length / PART_LENGTH);
  if (count > MAX_PARTS) {
    throw new Problem('service-unavailable', {
      detail:
        'A token of the session is too long for cookies. Ask the operator to remove groups or claims from the access token.',
      cause: new LongTokenError(token.length),
    });
  }
  return Array.from({ length: count }, (_, index) => token.slice(index * PART_LENGTH, (index + 1) * PART_LENGTH));
}

/** Those of the names whose cookies hold the token, without those left over from an earlier, longer token. */
export function namesInUse(names: readonly string[], cookies: Readonly<Record<string, unknown>>): readonly string[] {
  const inUse: string[] = [];
  for (const name of names) {
    const part = textOf(cookies[name]);
    if (part !== undefined) inUse.push(name);
    if (part?.length !== PART_LENGTH) break;
  }
  return inUse;
}

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

class LongTokenError extends Error {
  override name = 'LongTokenError';
  readonly code: string;

  constructor(length: number) {
    super();
    this.code = `${length} characters`;
  }
}
