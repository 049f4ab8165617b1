/** Returns the entries of an object whose values are not `undefined`. */
export function definedEntries(values: Readonly<Record<string, unknown>>): [string, string][] {
  // The cast: by the OpenAPI document these are strings, numbers and booleans, which `Headers` and `URLSearchParams` convert.
  return Object.entries(values).filter(([, value]) => value !== undefined) as [string, string][];
}
