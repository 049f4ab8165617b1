/** The entries of an object without those that are `undefined`. */
export function definedEntries(values: Readonly<Record<string, unknown>>): [string, string][] {
  // The cast: by the OpenAPI document these are strings, numbers and booleans, which `Headers` and `URLSearchParams` convert.
  return Object.entries(values).filter(([, value]) => value !== undefined) as [string, string][];
}
