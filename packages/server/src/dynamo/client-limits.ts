/** The limits of a client for DynamoDB. */
export interface ClientLimits {
  sockets: number;
  /** The maximum number of attempts per call. */
  attempts: number;
  /** The maximum duration of an attempt. */
  attemptMs: number;
}
