import type { Day } from '@async-chatbot/shared/day';

/** What a user has used of a day's quotas. */
export interface UsageCounts {
  messages?: number;
  tokens?: number;
}

/** Counters of each user and day (UTC). */
export interface UsageCounters {
  read(userId: string, day: Day): Promise<UsageCounts>;
  /** Adds all counts, or none if one would pass its limit: then undefined. Else what is used now. */
  add(userId: string, day: Day, counts: UsageCounts, limits: UsageCounts): Promise<UsageCounts | undefined>;
  /** Corrects counts that were added before, up or down; does nothing if they were deleted since. */
  correct(userId: string, day: Day, counts: UsageCounts): Promise<void>;
}
