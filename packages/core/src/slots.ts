/** Something of which each user, and all users together, hold a limited number at a time. */
export interface Slots {
  /** Takes a slot and returns a function that frees it, or says which limit is reached. */
  take(userId: string): (() => void) | 'user' | 'total';
}

export function slots({ perUser, total = Number.POSITIVE_INFINITY }: { perUser: number; total?: number }): Slots {
  const held = new Map<string, number>();
  let count = 0;

  return {
    take(userId) {
      const own = held.get(userId) ?? 0;
      if (own >= perUser) return 'user';
      if (count >= total) return 'total';
      held.set(userId, own + 1);
      count += 1;
      let isFree = false;

      return function free() {
        if (isFree) return;
        isFree = true;
        count -= 1;
        const others = (held.get(userId) ?? 1) - 1;
        if (others > 0) held.set(userId, others);
        else held.delete(userId);
      };
    },
  };
}
