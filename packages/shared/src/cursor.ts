/** Cursors: positions in a list that is sorted by id. Sixteen bytes in base64url that name no user. */

export type Order = 'asc' | 'desc';

/** The place just behind an item, where the next page begins: below it when the newest come first, else above it. */
export function cursorAfter(id: string, order: Order = 'desc'): string {
  const place = BigInt(`0x${id.replaceAll('-', '')}`) + (order === 'desc' ? -1n : 1n);
  const bytes = place.toString(16).padStart(32, '0').match(/../g) ?? [];
  const base64 = btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The id that a cursor stands at; there may be no such item. The contract's pattern guarantees the sixteen bytes. */
export function idAt(cursor: string): string {
  const bytes = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
  const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
