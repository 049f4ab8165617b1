import type { Day } from '@async-chatbot/shared/day';

/** Usage against the daily quotas. */
export interface UsageCounts {
  messages?: number;
  tokens?: number;
}

/** Counters per user and UTC day. */
export interface UsageCounters {
  read(userId: string, day: Day): Promise<UsageCounts>;
  /** Adds all counts and resolves to the sums; if one would exceed its limit, adds none and resolves to undefined. */
  add(userId: string, day: Day, counts: UsageCounts, limits: UsageCounts): Promise<UsageCounts | undefined>;
  /** Adds to counts, which may be negative. Does nothing if the counters have been deleted. */
  correct(userId: string, day: Day, counts: UsageCounts): Promise<void>;
}
