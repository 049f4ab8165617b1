import type { User } from '@async-chatbot/core/ports/identity';

/** Sessions that were ended before their tokens expire. A revocation reaches every server within a second. */
export interface Revocations {
  /** Throws `service-unavailable` only if this server has never been able to read the revocations. */
  has(session: { sessionId: string; user: User }): Promise<boolean>;
  /** As `has`, but reads the newest revocations first, if it can. Never throws. */
  hasNow(session: { sessionId: string; user: User }): Promise<boolean>;
  /** Takes effect here at once; throws `service-unavailable` if it could not be stored for the other servers. */
  revokeSession(sessionId: string, forMs: number): Promise<void>;
  /** Revokes every session of this user that was opened before now, as `revokeSession` does. */
  revokeUser(userId: string, forMs: number): Promise<void>;
}
