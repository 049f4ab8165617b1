/** Cursors: places in a list that is sorted by id, as callers carry them. Sixteen bytes in base64url that name no user. */

export type Order = 'asc' | 'desc';

/** The place just behind an item, where the next page begins: below it when the newest come first, else above it. */
export const cursorBehind = (id: string, order: Order = 'desc'): string => {
  const place = BigInt(`0x${id.replaceAll('-', '')}`) + (order === 'desc' ? -1n : 1n);
  return Buffer.from(place.toString(16).padStart(32, '0'), 'hex').toString('base64url');
};

/** The id that a cursor stands at; there may be no such item. The spec's pattern has made sure of the sixteen bytes. */
export const idAt = (cursor: string): string =>
  Buffer.from(cursor, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
