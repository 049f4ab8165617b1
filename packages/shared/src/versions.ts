/** The versions of a thing that a change is meant for; `*` is any. */
export type Versions = readonly number[] | '*';

/** The versions that `If-Match` lists (RFC 9110, section 13.1.1). A weak tag matches none. */
export function versionsOf(header: string | undefined): Versions | undefined {
  if (header === undefined || header === '*') return header;
  return [...header.matchAll(/(?<=^|[ ,])"([1-9]\d{0,9})"/g)].map(([, version]) => Number(version));
}
