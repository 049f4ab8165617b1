import { definedEntries } from './defined-entries.ts';

/** The parameters of a call that are part of its URL. */
export interface UrlParameters {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
}

/** The URL of an operation, relative to the base. */
export function operationUrl(
  template: string,
  path: NonNullable<UrlParameters['path']> = {},
  query: NonNullable<UrlParameters['query']> = {},
): string {
  const values = new Map(definedEntries(path));
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = values.get(name) ?? '';
    // Such a segment disappears when the URL is resolved, which leads to another operation.
    if (/^\.{0,2}$/.test(text)) throw new TypeError(`${name} must be an id, not '${text}'`);
    return encodeURIComponent(text);
  });
  const search = new URLSearchParams(definedEntries(query)).toString();
  return filled + (search && `?${search}`);
}
