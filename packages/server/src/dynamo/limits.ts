/** The limits of a client. */
export interface Limits {
  sockets: number;
  /** Of each call. */
  attempts: number;
  /** How long each attempt may take. */
  attemptMs: number;
}
