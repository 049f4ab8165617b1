/** Cursors: positions in a sorted list, as bytes in base64url. They contain no user id. */

export type Order = 'asc' | 'desc';

/** The cursor of the page after an item: the id minus one in descending order, plus one in ascending order. */
export const cursorAfter = (id: string, order: Order = 'desc'): string =>
  encode(id.replaceAll('-', ''), order === 'desc' ? -1n : 1n);

/** The id at a cursor; no item needs to have it. The contract's pattern guarantees 16 bytes. */
export const idAt = (cursor: string): string => toId(decode(cursor));

/** A conversation's position in the order of last activity, which is the order of these strings. */
export const activityOf = (conversation: { updated_at: string; id_conversation: string }): string =>
  `${conversation.updated_at}#${conversation.id_conversation}`;

/** The cursor of the page after the conversation at this position: the time in 6 bytes and the id, as a number, minus one. */
export function cursorAfterActivity(activity: string): string {
  const [updatedAt = '', id = ''] = activity.split('#');
  const time = Date.parse(updatedAt).toString(16).padStart(TIME_DIGITS, '0');
  return encode(time + id.replaceAll('-', ''), -1n);
}

/** The position at a cursor; no conversation needs to have it. The contract's pattern guarantees 22 bytes. */
export function activityAt(cursor: string): string {
  const digits = [decode(cursor), LAST_ACTIVITY].sort()[0] ?? '';
  const updated_at = new Date(Number.parseInt(digits.slice(0, TIME_DIGITS), 16)).toISOString();
  return activityOf({ updated_at, id_conversation: toId(digits.slice(TIME_DIGITS)) });
}

const TIME_DIGITS = 12;

/** The end of the year 9999. Later years have more digits, and would sort before it. */
const LAST_ACTIVITY = `${Date.UTC(9999, 11, 31, 23, 59, 59, 999).toString(16)}${'f'.repeat(32)}`;

function encode(digits: string, step: bigint): string {
  const position = BigInt(`0x${digits}`) + step;
  const bytes = position.toString(16).padStart(digits.length, '0').match(/../g) ?? [];
  const base64 = btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The bytes of a cursor in hexadecimal digits. */
function decode(cursor: string): string {
  const bytes = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
  return [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

const toId = (digits: string): string => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
