export interface GenerationTimings {
  /** How long a generation is considered alive without a heartbeat. */
  leaseMs: number;
  /** How often a heartbeat extends the lease and stores the text so far. */
  heartbeatMs: number;
  /** How often new chunks are stored and the stored reply is read: for a cancellation here, for progress on other servers. */
  tickMs: number;
}

/** A crash is noticed after the lease, a cancellation on another server within a tick and a response of DynamoDB. */
export const GENERATION_TIMINGS: GenerationTimings = { leaseMs: 15_000, heartbeatMs: 5000, tickMs: 120 };
