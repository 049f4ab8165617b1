import type { OperationId } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import { ApiError } from '../errors/api-error.ts';
import { anySignal } from '../http/any-signal.ts';
import type { AbortableInput, PrepareRequest, SendRequest } from '../http/send-request.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import type { ClientOptions } from '../options.ts';
import { sessionRefresh } from './session-refresh.ts';

/** The server accepts a used refresh token for 30 s. The second attempt of a refresh must begin before that. */
const REFRESH_TIMEOUT_MS = 10_000;
const loginOperations: readonly OperationId[] = ['loginUser', 'refreshSession'];
const logoutOperations: readonly OperationId[] = ['logoutUser', 'logoutEverywhere', 'deleteCurrentUser'];

/** Refreshes an expired session and repeats the request that failed. */
export function withSession(prepareRequest: PrepareRequest, base: string, client: ClientOptions): PrepareRequest {
  // Unknown at first: a browser may have the cookies of an earlier visit.
  let isLoggedIn: boolean | undefined;
  // The latest refresh, pending or settled. All requests share a pending refresh.
  let latestRefresh: Promise<unknown> = Promise.resolve();
  const refresh = sessionRefresh(
    (id) => prepareTracked(id, { timeoutMs: REFRESH_TIMEOUT_MS, signal: anySignal(client.signal) })(0),
    base,
  );

  return function prepareInSession(id, input) {
    const sendTracked = prepareTracked(id, input);

    return async function sendInSession(retries) {
      const refreshBefore = latestRefresh;
      // All requests wait for a pending refresh. Otherwise, its cookies could overwrite those of a login or a logout.
      await unlessAborted(
        refreshBefore.catch(() => undefined),
        input.signal,
      );
      try {
        return await sendTracked(retries);
      } catch (error) {
        const isExpired =
          operations[id].isAuthenticated && error instanceof ApiError && error.code === 'unauthenticated';
        // If not, another request has started a refresh in the meantime.
        const isLatest = latestRefresh === refreshBefore;
        if (!isExpired || (isLatest && isLoggedIn === false)) throw error;
        if (isLatest) latestRefresh = refresh();
      }
      // The signal aborts only this request, because others wait for the refresh too.
      await unlessAborted(latestRefresh, input.signal);
      return sendTracked(retries);
    };
  };

  /** Prepares a request whose response updates `isLoggedIn`. */
  function prepareTracked(id: OperationId, input: AbortableInput): SendRequest {
    const sendRequest = prepareRequest(id, input);

    return async function sendTracked(retries) {
      const before = isLoggedIn;
      try {
        const response = await sendRequest(retries);
        if (logoutOperations.includes(id)) isLoggedIn = false;
        // A success proves that there is a session, unless a login or logout came in between.
        else if (loginOperations.includes(id) || (operations[id].isAuthenticated && isLoggedIn === before)) {
          isLoggedIn = true;
        }
        return response;
      } catch (error) {
        if (id === 'refreshSession' && error instanceof ApiError && error.status === 401 && error.code) {
          const hasEnded = isLoggedIn ?? error.code !== 'unauthenticated';
          isLoggedIn = false;
          if (hasEnded) client.onSessionEnd?.(error);
        }
        throw error;
      }
    };
  }
}
