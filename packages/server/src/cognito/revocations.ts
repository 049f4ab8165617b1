import type { User } from '@async-chatbot/core/ports/identity';

/** Sessions that ended before their tokens expired. A revocation reaches every server within a second. */
export interface Revocations {
  /** Whether a session has been revoked. Throws `service-unavailable` only if revocations could never be read. */
  has(session: { sessionId: string; user: User }): Promise<boolean>;
  /** Like `has`, but tries to read the newest revocations first. Never throws. */
  hasNow(session: { sessionId: string; user: User }): Promise<boolean>;
  /** Revokes a session, at once on this server. Throws `service-unavailable` if that could not be stored for the others. */
  revokeSession(sessionId: string, forMs: number): Promise<void>;
  /** Revokes all sessions that a user has opened so far, like `revokeSession`. */
  revokeUser(userId: string, forMs: number): Promise<void>;
}
