import type { OperationId } from '@async-chatbot/api-spec';
import { calls } from '@async-chatbot/api-spec/calls';
import { ApiError } from '../errors/api-error.ts';
import { anySignal } from '../http/any-signal.ts';
import type { Attempt, Prepare, SentInput } from '../http/send-request.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import type { ClientOptions } from '../options.ts';
import { sessionRefresh } from './session-refresh.ts';

/** Short enough for the second attempt to come within the 30 s for which the server takes a used refresh cookie. */
const REFRESH_TIMEOUT_MS = 10_000;
const opens: readonly OperationId[] = ['loginUser', 'refreshSession'];
const closes: readonly OperationId[] = ['logoutUser', 'logoutEverywhere', 'deleteCurrentUser'];

/** Calls with a session that refreshes itself: a call that finds it expired is made once more after a refresh. */
export function inSession(prepare: Prepare, base: string, client: ClientOptions): Prepare {
  // In a browser there may be the cookies of an earlier visit; until a call tells, nobody knows.
  let isOpen: boolean | undefined;
  // The latest refresh, under way or settled; whoever needs one while it is under way shares it.
  let refreshed: Promise<unknown> = Promise.resolve();
  const refresh = sessionRefresh(
    (id) => watched(id, { timeoutMs: REFRESH_TIMEOUT_MS, signal: anySignal(client.signal) })(0),
    base,
  );

  return function prepareInSession(id, input) {
    const attempt = watched(id, input);

    return async function attemptInSession(retries) {
      const before = refreshed;
      // During a refresh every call waits, or the cookies of a refresh would come after those of a login or a logout.
      await unlessAborted(
        before.catch(() => undefined),
        input.signal,
      );
      try {
        return await attempt(retries);
      } catch (error) {
        const isExpired = calls[id][2] && error instanceof ApiError && error.code === 'unauthenticated';
        // Otherwise another call has begun a refresh since this one set out.
        const isLatest = refreshed === before;
        if (!isExpired || (isLatest && isOpen === false)) throw error;
        if (isLatest) refreshed = refresh();
      }
      // The signal ends this call alone: others wait for the refresh, too.
      await unlessAborted(refreshed, input.signal);
      return attempt(retries);
    };
  };

  /** Notes what a call tells about the session. */
  function watched(id: OperationId, input: SentInput): Attempt {
    const attempt = prepare(id, input);

    return async function watchedAttempt(retries) {
      const before = isOpen;
      try {
        const answer = await attempt(retries);
        if (closes.includes(id)) isOpen = false;
        // What succeeds needs a session, which another tab may have opened; but it may have set out before a logout.
        else if (opens.includes(id) || (calls[id][2] && isOpen === before)) isOpen = true;
        return answer;
      } catch (error) {
        if (id === 'refreshSession' && error instanceof ApiError && error.status === 401 && error.code) {
          const hasEnded = isOpen ?? error.code !== 'unauthenticated';
          isOpen = false;
          if (hasEnded) client.onSessionEnd?.(error);
        }
        throw error;
      }
    };
  }
}
