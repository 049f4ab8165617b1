/** No sign, point, exponent or space. */
const DECIMAL_DIGITS = /^[0-9]+$/;

/** Parses a string of decimal digits; `undefined` for any other string, such as `0x10`, `+5` or `1e1`. */
export const parseDecimalDigits = (text: string): number | undefined =>
  DECIMAL_DIGITS.test(text) ? Number(text) : undefined;

/** Parses the integer parameters of a query. Invalid values stay unchanged, for the validator to reject. */
export function withIntegers(
  query: Readonly<Record<string, unknown>>,
  integers: readonly string[],
): Record<string, unknown> {
  const parsed = { ...query };
  for (const name of integers) {
    const value = query[name];
    if (typeof value === 'string') parsed[name] = parseDecimalDigits(value) ?? value;
  }
  return parsed;
}
