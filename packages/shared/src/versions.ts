/** The versions that a change applies to; `*` means any. */
export type Versions = readonly number[] | '*';

/**
 * An entity tag with a version. Proxies that compress a response weaken its tag or append the content coding (`W/"1"`,
 * `"1-gzip"`, `"1;br"`, `"1--gzip"`); the version stays the same.
 */
const TAG = /(?<=^|[ \t,])(?:W\/)?"([1-9]\d{0,9})(?:[-+.:;_~]{1,2}[A-Za-z][A-Za-z\d]*)*"(?=[ \t,]|$)/g;

/** Parses `If-Match` (RFC 9110, section 13.1.1). Ignores tags that are not versions. */
export function versionsOf(header: string | undefined): Versions | undefined {
  if (header === undefined || header === '*') return header;
  return [...header.matchAll(TAG)].map(([, version]) => Number(version));
}
