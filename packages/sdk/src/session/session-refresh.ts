import type { OperationId } from '@async-chatbot/api-spec';
import { ApiError } from '../errors/api-error.ts';

/** Returns a function that refreshes the session of the API at `base`. It rejects with an `ApiError` or a `ConnectionError`. */
export function sessionRefresh(call: (id: OperationId) => Promise<unknown>, base: string): () => Promise<unknown> {
  return async function refreshInOneTab() {
    // The cast: not every platform has these objects and their types.
    const { location, navigator } = globalThis as { location?: object; navigator?: { locks?: TabLocks } };
    // Node.js has locks too, but no tabs that share cookies.
    if (!location || !navigator?.locks) return refresh();
    // Another tab may have refreshed the shared cookies in the meantime. Scripts cannot read them, so a request has to check.
    return navigator.locks.request(`async-chatbot-refresh:${base}`, () => call('getCurrentUser').catch(refresh));
  };

  /** Retries once if the response is lost. */
  async function refresh(): Promise<unknown> {
    return call('refreshSession').catch((error: unknown) => {
      if (error instanceof ApiError) throw error;
      return call('refreshSession');
    });
  }
}

/** The part of the Web Locks API that is used here. Tabs share locks, as they share cookies. */
interface TabLocks {
  request(name: string, callback: () => Promise<unknown>): Promise<unknown>;
}
