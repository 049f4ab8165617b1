/** An item with a TTL: the attribute `expire`, in seconds since the epoch. */
export interface Expiring {
  expire?: number;
}

/** The TTL of an item that expires after some days, or never if `days` is undefined. */
export const expiresIn = (days: number | undefined, now: Date): Expiring =>
  days === undefined ? {} : { expire: Math.ceil(now.getTime() / 1000) + days * 86_400 };

/** DynamoDB takes up to two days to remove an expired item, which responses must not show. */
export const hasExpired = ({ expire }: Expiring, now: Date): boolean =>
  expire !== undefined && expire * 1000 <= now.getTime();

/** `!hasExpired` as a condition; `:now` is in seconds. */
export const NOT_EXPIRED = '(attribute_not_exists(expire) OR expire > :now)';
