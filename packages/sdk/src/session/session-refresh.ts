import type { OperationId } from '@async-chatbot/api-spec';
import { ApiError } from '../errors/api-error.ts';

/** A function that refreshes the session of the API at `base`; rejects with the `ApiError` or `ConnectionError` of it. */
export function sessionRefresh(call: (id: OperationId) => Promise<unknown>, base: string): () => Promise<unknown> {
  return async function refreshAloneAmongTabs() {
    // The cast: not every platform has them, in types or in truth.
    const { location, navigator } = globalThis as { location?: object; navigator?: { locks?: TabLocks } };
    // Node has locks too, but no tabs that share cookies.
    if (!location || !navigator?.locks) return refresh();
    // While this tab waited, another one may have refreshed the cookies they share. No script sees those: ask.
    return navigator.locks.request(`async-chatbot-refresh:${base}`, () => call('getCurrentUser').catch(refresh));
  };

  /** Repeats a refresh whose answer was lost. */
  async function refresh(): Promise<unknown> {
    return call('refreshSession').catch((error: unknown) => {
      if (error instanceof ApiError) throw error;
      return call('refreshSession');
    });
  }
}

/** What is used of a browser's Web Locks, which its tabs share as they share cookies. */
interface TabLocks {
  request(name: string, act: () => Promise<unknown>): Promise<unknown>;
}
