/** What was sent under an idempotency key. */
export interface Sent {
  id_message: string;
  id_reply: string;
  timestamp: string;
}

/** Which message each idempotency key of a user stands for, for 24 hours. */
export interface SendKeys {
  /**
   * Takes a key for a message that is about to be kept, unless it is taken: then tells for what, and whether that was the
   * same `request`. It is `abandoned` when the message is not there and whoever took the key has given up.
   */
  take(userId: string, key: string, request: string, send: Sent): Promise<Taken>;
  /** Takes over an abandoned key; false if somebody else did. */
  takeOver(userId: string, taken: Taken): Promise<boolean>;
  /** Gives the key back, since nothing was kept. */
  release(userId: string, taken: Taken): Promise<void>;
}

export interface Taken extends Sent {
  /** The name of the record, which the message carries. */
  record: string;
  isOwn: boolean;
  isSameRequest: boolean;
  /** Whether the message was deleted since. */
  isDeleted: boolean;
  /** When it was taken, in milliseconds since the epoch. */
  takenAtMs: number;
}
