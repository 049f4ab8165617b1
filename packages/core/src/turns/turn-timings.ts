export interface GenerationTimings {
  /** How long a generation is considered alive without a heartbeat. */
  leaseMs: number;
  /** How often a heartbeat extends the lease and stores the text so far. */
  heartbeatMs: number;
  /** How often new chunks are stored and the stored reply is read: for a cancellation here, for progress on other servers. */
  tickMs: number;
}

export interface TurnTimings {
  generation: GenerationTimings;
  /** How long a stream lasts at most. */
  streamMs: number;
  /** How long a JSON response waits for its reply. */
  jsonMs: number;
}

/**
 * A crash is noticed after the lease, a cancellation on another server within a tick and a response of DynamoDB. Proxies cut
 * a stream after 100 s, and a response that takes 60 s.
 */
export const TURN_TIMINGS: TurnTimings = {
  generation: { leaseMs: 15_000, heartbeatMs: 5000, tickMs: 120 },
  streamMs: 95_000,
  jsonMs: 50_000,
};
