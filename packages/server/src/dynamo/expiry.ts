/** The time to live: the attribute `expire`, in seconds since the epoch. */
export interface Expiring {
  expire?: number;
}

/** The TTL of an item that expires after so many days; without days it never does. */
export const expiresIn = (days: number | undefined, now: Date): Expiring =>
  days === undefined ? {} : { expire: Math.ceil(now.getTime() / 1000) + days * 86_400 };

/** DynamoDB may take two days to remove an expired item, and until then no response may show it. */
export const hasExpired = ({ expire }: Expiring, now: Date): boolean =>
  expire !== undefined && expire * 1000 <= now.getTime();

/** The same as a condition; `:now` is in seconds. */
export const NOT_EXPIRED = '(attribute_not_exists(expire) OR expire > :now)';
