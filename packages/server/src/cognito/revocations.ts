import type { User } from '@async-chatbot/core/ports/identity';

/** Sessions that were ended before their tokens expire. What one server revokes, every other knows within a second. */
export interface Revocations {
  /** Throws `service-unavailable` only if this server has never been able to read what others revoked. */
  has(session: { sessionId: string; user: User }): Promise<boolean>;
  /** The same, with what others revoked up to this very moment if that can be read. Never throws. */
  hasNow(session: { sessionId: string; user: User }): Promise<boolean>;
  /** Takes effect here at once; throws `service-unavailable` if the other servers could not be told. */
  revokeSession(sessionId: string, forMs: number): Promise<void>;
  /** Revokes every session of this user that was opened before now. Else as `revokeSession`. */
  revokeUser(userId: string, forMs: number): Promise<void>;
}
