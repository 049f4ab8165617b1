import { definedEntries } from './defined-entries.ts';

/** The parameters in the URL of a call. */
export interface UrlParameters {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
}

/** Returns the URL of an operation, relative to the base. Throws a `TypeError` for an empty path parameter, `.` or `..`. */
export function operationUrl(
  template: string,
  path: NonNullable<UrlParameters['path']> = {},
  query: NonNullable<UrlParameters['query']> = {},
): string {
  const values = new Map(definedEntries(path));
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = values.get(name) ?? '';
    // URL resolution removes such a segment, so the URL would name another operation.
    if (/^\.{0,2}$/.test(text)) throw new TypeError(`${name} must be an id, not '${text}'`);
    return encodeURIComponent(text);
  });
  const search = new URLSearchParams(definedEntries(query)).toString();
  return filled + (search && `?${search}`);
}
