import { ApiError } from './api-error.ts';
import type { OperationId } from './operation.ts';

/** A function that refreshes the session of the API at `base`; rejects with the `ApiError` or `ConnectionError` of it. */
export function sessionRefresh(call: (id: OperationId) => Promise<unknown>, base: string): () => Promise<unknown> {
  return async function refreshAloneAmongTabs() {
    const locks = tabLocks();
    if (!locks) return refresh();
    // While this tab waited, another one may have refreshed the cookies they share. No script sees those: ask.
    return locks.request(`async-chatbot-refresh:${base}`, () => call('getCurrentUser').catch(refresh));
  };

  /** Repeats a refresh whose answer was lost. */
  async function refresh(): Promise<unknown> {
    return call('refreshSession').catch((error: unknown) => {
      if (error instanceof ApiError) throw error;
      return call('refreshSession');
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
