/** The parameters of a call that stand in its URL. */
export interface UrlParameters {
  readonly path?: object | undefined;
  readonly query?: object | undefined;
}

/** Puts the parameters of a call into the template of a path and that behind the base. */
export function operationUrl(base: URL, template: string, { path = {}, query = {} }: UrlParameters): string {
  const values = new Map<string, unknown>(Object.entries(path));
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => segment(name, values.get(name)));
  const search = searchOf(query);
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}${filled}${search && `?${search}`}`;
}

function segment(name: string, value: unknown): string {
  const text = String(value ?? '');
  // These vanish when a URL is resolved, and the request would go to another operation.
  if (['', '.', '..'].includes(text)) throw new TypeError(`${name} must be an id, not '${text}'`);
  return encodeURIComponent(text);
}

function searchOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value].flat()) if (item !== undefined) search.append(name, String(item));
  }
  return search.toString();
}
