/** A number in a URL, a header or an environment variable: no sign, point, exponent or space. */
const DECIMAL_DIGITS = /^[0-9]+$/;

/** The number that a text of decimal digits stands for; `undefined` for any other text, such as `0x10`, `+5` or `1e1`. */
export const parseDecimalDigits = (text: string): number | undefined =>
  DECIMAL_DIGITS.test(text) ? Number(text) : undefined;

/** A query whose integer parameters are numbers. Other values stay unchanged, for the validator to refuse. */
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
