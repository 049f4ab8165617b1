/** Cursors: positions in a list sorted by id, as 16 bytes in base64url. They contain no user id. */

export type Order = 'asc' | 'desc';

/** The cursor of the page after an item: the id minus one in descending order, plus one in ascending order. */
export function cursorAfter(id: string, order: Order = 'desc'): string {
  const place = BigInt(`0x${id.replaceAll('-', '')}`) + (order === 'desc' ? -1n : 1n);
  const bytes = place.toString(16).padStart(32, '0').match(/../g) ?? [];
  const base64 = btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The id at a cursor; no item needs to have it. The contract's pattern guarantees 16 bytes. */
export function idAt(cursor: string): string {
  const bytes = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
  const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
