/** The names and values that are given. */
export function given(values: Readonly<Record<string, unknown>>): [string, string][] {
  // The cast: a header or a query of the spec holds text, numbers and words; each becomes the text it is written as.
  return Object.entries(values).filter(([, value]) => value !== undefined) as [string, string][];
}
