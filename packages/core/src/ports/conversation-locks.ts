import type { Thread } from './message.ts';

/** Who may have the bot answer in a thread, for bots that answer one message of a conversation at a time. */
export interface ThreadLocks {
  /** False if the lock of this thread is another reply's. May be repeated. */
  take(thread: Thread, id_reply: string, leaseMs: number): Promise<boolean>;
  release(thread: Thread, id_reply: string): Promise<void>;
}
