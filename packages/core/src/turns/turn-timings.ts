export interface GenerationTimings {
  /** How long a generation counts as alive after its lease was last extended. */
  leaseMs: number;
  /** How often the lease is extended and the text so far stored. */
  extendLeaseMs: number;
  /** How often chunks are stored, cancellations checked, and replies of other servers polled. */
  tickMs: number;
}

export interface TurnTimings {
  generation: GenerationTimings;
  /** The maximum duration of a stream. */
  streamMs: number;
  /** How long a JSON response waits for the end of its reply. */
  jsonMs: number;
}

/**
 * A crash is detected when the lease ends; a cancellation on another server within a tick and a DynamoDB request. Proxies
 * commonly end a stream after 100 s and time out a response after 60 s.
 */
export const TURN_TIMINGS: TurnTimings = {
  generation: { leaseMs: 15_000, extendLeaseMs: 5000, tickMs: 120 },
  streamMs: 95_000,
  jsonMs: 50_000,
};
