import { ApiError } from './api-error.ts';
import type { AnyInput } from './attempt.ts';
import { ConnectionError } from './connection-error.ts';
import type { OperationId } from './operation.ts';
import { operationUrl } from './operation-url.ts';

/** Short enough for the second attempt to come within the 30 s for which the server takes a used refresh cookie. */
const ATTEMPT_LIMIT_MS = 10_000;

/** A function that refreshes the session of the API at `base`; rejects with the `ApiError` or `ConnectionError` of it. */
export function sessionRefresh(
  call: (id: OperationId, input: AnyInput) => Promise<unknown>,
  base: URL,
): () => Promise<unknown> {
  return async function refreshAloneAmongTabs() {
    const locks = tabLocks();
    if (!locks) return refresh();
    return locks.request(`async-chatbot-refresh:${operationUrl(base, '', {})}`, async () => {
      // While this tab waited, another one may have refreshed the cookies they share. No script sees those: ask.
      const isOpen = await limited('getCurrentUser').then(
        () => true,
        () => false,
      );
      return isOpen || refresh();
    });
  };

  /** Repeats a refresh whose answer was lost. */
  async function refresh(): Promise<unknown> {
    return limited('refreshSession').catch((error: unknown) => {
      if (error instanceof ApiError) throw error;
      return limited('refreshSession');
    });
  }

  async function limited(id: OperationId): Promise<unknown> {
    const signal = AbortSignal.timeout(ATTEMPT_LIMIT_MS);
    return call(id, { signal }).catch((error: unknown) => {
      if (error === signal.reason) throw new ConnectionError('No answer in time to the refresh of the session', error);
      throw error;
    });
  }
}

/** What is used of a browser's Web Locks. */
interface TabLocks {
  request(name: string, act: () => Promise<unknown>): Promise<unknown>;
}

/** The locks that the tabs of a browser share, as they share cookies. Node has locks too, but no cookies to share. */
function tabLocks(): TabLocks | undefined {
  // The cast: not every platform has them, in types or in truth.
  const { location, navigator } = globalThis as { location?: object; navigator?: { locks?: TabLocks } };
  return location && navigator?.locks;
}
