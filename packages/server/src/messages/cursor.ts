/** Cursors: places in a user's messages, as callers carry them. Sixteen bytes in base64url that name no user. */

/** The place just below a message, where the older ones begin. */
export const cursorBelow = (messageId: string): string => {
  const place = BigInt(`0x${messageId.replaceAll('-', '')}`) - 1n;
  return Buffer.from(place.toString(16).padStart(32, '0'), 'hex').toString('base64url');
};

/** The largest message id at or below a cursor. The spec's pattern has made sure of the sixteen bytes. */
export const idAt = (cursor: string): string =>
  Buffer.from(cursor, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
