import { given } from './defined-entries.ts';

/** The parameters of a call that stand in its URL. */
export interface UrlParameters {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
}

/** The path of an operation with the parameters of a call, as it stands behind the base. */
export function operationUrl(
  template: string,
  path: NonNullable<UrlParameters['path']> = {},
  query: NonNullable<UrlParameters['query']> = {},
): string {
  const values = new Map(given(path));
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = values.get(name) ?? '';
    // These vanish when a URL is resolved, and the request would go to another operation.
    if (/^\.{0,2}$/.test(text)) throw new TypeError(`${name} must be an id, not '${text}'`);
    return encodeURIComponent(text);
  });
  const search = new URLSearchParams(given(query)).toString();
  return filled + (search && `?${search}`);
}
