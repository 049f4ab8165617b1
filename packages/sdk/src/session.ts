import { calls } from '@async-chatbot/api-spec/calls';
import { anySignal } from './any-signal.ts';
import { ApiError } from './api-error.ts';
import type { Answer, Prepare } from './attempt.ts';
import type { OperationId } from './operation.ts';
import type { ClientOptions } from './options.ts';
import { sessionRefresh } from './session-refresh.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Short enough for the second attempt to come within the 30 s for which the server takes a used refresh cookie. */
const ATTEMPT = { timeoutMs: 10_000 };
const opens: readonly OperationId[] = ['loginUser', 'refreshSession'];
const closes: readonly OperationId[] = ['logoutUser', 'logoutEverywhere', 'deleteCurrentUser'];

/** Calls with a session that refreshes itself: a call that finds it expired is made once more after a refresh. */
export function inSession(prepare: Prepare, base: string, client: ClientOptions): Prepare {
  // In a browser there may be the cookies of an earlier visit; only a call can tell.
  let session: 'unknown' | 'open' | 'over' = 'unknown';
  // The latest refresh, under way or settled; whoever needs one while it is under way shares it.
  let refreshed: Promise<unknown> = Promise.resolve();
  const refresh = sessionRefresh(
    (id) => watched(id, () => prepare(id, { ...ATTEMPT, signal: anySignal(client.signal) })(0)),
    base,
  );

  return function prepareInSession(id, input) {
    const attempt = prepare(id, input);

    return async function attemptInSession(retries) {
      const before = refreshed;
      // During a refresh every call waits, or the cookies of a refresh would come after those of a login or a logout.
      await unlessAborted(
        before.catch(() => undefined),
        input.signal,
      );
      try {
        return await watched(id, () => attempt(retries));
      } catch (error) {
        if (!calls[id][2] || !isUnauthenticated(error)) throw error;
        if (refreshed === before && session === 'over') throw error;
        // Otherwise another call has begun a refresh since this one set out.
        if (refreshed === before) refreshed = refresh();
      }
      // The signal ends this call alone: others wait for the refresh, too.
      await unlessAborted(refreshed, input.signal);
      return watched(id, () => attempt(retries));
    };
  };

  /** Notes what a call tells about the session. */
  async function watched(id: OperationId, attempt: () => Promise<Answer>): Promise<Answer> {
    const before = session;
    try {
      const answer = await attempt();
      if (closes.includes(id)) session = 'over';
      // What succeeds needs a session, which another tab may have opened; but it may have set out before a logout.
      else if (opens.includes(id) || (calls[id][2] && session === before)) session = 'open';
      return answer;
    } catch (error) {
      if (id === 'refreshSession' && error instanceof ApiError && error.status === 401 && error.code) end(error);
      throw error;
    }
  }

  function end(error: ApiError): void {
    const hasEnded = session === 'open' || (session === 'unknown' && !isUnauthenticated(error));
    session = 'over';
    if (hasEnded) client.onSessionEnd?.(error);
  }
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unauthenticated';
}
