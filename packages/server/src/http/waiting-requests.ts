import type { Request, Response } from 'express';

/** In order of priority. */
const CLASSES = ['session', 'read', 'reply'] as const;
export type RequestClass = (typeof CLASSES)[number];

export interface WaitingRequest {
  res: Response;
  next: () => void;
  queuedAtMs: number;
}

/** The requests that wait for a place, in order of priority and then of arrival. */
export function waitingRequests() {
  const queues: Record<RequestClass, WaitingRequest[]> = { session: [], read: [], reply: [] };

  return {
    count: () => queues.session.length + queues.read.length + queues.reply.length,
    push: (requestClass: RequestClass, request: WaitingRequest) => void queues[requestClass].push(request),

    /** Removes the first request. */
    shift(): WaitingRequest | undefined {
      for (const requestClass of CLASSES) {
        const first = queues[requestClass].shift();
        if (first) return first;
      }
      return undefined;
    },

    /** Removes the newest request of the lowest class, if that is lower than this one. */
    popBelow(requestClass: RequestClass): WaitingRequest | undefined {
      const lowest = CLASSES.findLast((name) => queues[name].length > 0);
      if (!lowest || CLASSES.indexOf(lowest) <= CLASSES.indexOf(requestClass)) return undefined;
      return queues[lowest].pop();
    },

    /** Removes the requests that have waited since before this time. */
    shiftBefore(timeMs: number): WaitingRequest[] {
      return Object.values(queues).flatMap((queue) => {
        const count = queue.findIndex(({ queuedAtMs }) => queuedAtMs >= timeMs);
        return queue.splice(0, count < 0 ? queue.length : count);
      });
    },
  };
}

/** Undefined for health checks, which never wait. A cancellation counts as a read, since it ends work. */
export function classOf({ method, path }: Request): RequestClass | undefined {
  if (/^\/(?:health|ready)\/?$/.test(path)) return undefined;
  if (method === 'POST' && /^\/messages(?:\/[^/]+\/regenerate)?\/?$/.test(path)) return 'reply';
  return method !== 'GET' && method !== 'HEAD' && path.startsWith('/users/') ? 'session' : 'read';
}
