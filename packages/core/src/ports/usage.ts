import type { components } from '@async-chatbot/api-spec';
import type { Budget } from '@async-chatbot/shared/rate-limit-headers';

export type DayUsage = components['schemas']['Usage'];

/** How much each user has of a day, from midnight to midnight UTC. A quota that is not configured is counted nowhere. */
export interface Usage {
  today(userId: string): Promise<DayUsage>;
  /**
   * Takes a message, and reserves the tokens of its answer. Throws `quota-exceeded` and takes nothing when either is used
   * up. Undefined when there is no quota at all.
   */
  reserve(userId: string): Promise<Reservation | undefined>;
}

/** What was taken for one answer. */
export interface Reservation {
  /** What is left after it. */
  left: Budget[];
  /** The answer took this many tokens; undefined when nobody counted them, and what was reserved counts. Never rejects. */
  settle(tokens: number | undefined): Promise<void>;
  /** Nothing was asked of the bot: gives everything back. Never rejects. */
  cancel(): Promise<void>;
}
