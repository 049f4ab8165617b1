import type { OperationCaller } from '../http/operation.ts';
import type { CallOptions } from '../options.ts';

/** Creates the methods for health checks. */
export function healthResource(request: OperationCaller) {
  return {
    /** Checks that the service is alive. */
    get: (options?: CallOptions) => request('getHealth', options),
    /** Checks that the server takes requests. Rejects with `not-ready` while it starts or shuts down. */
    ready: (options?: CallOptions) => request('getReadiness', options),
  };
}

/** The methods for health checks. */
export interface Health extends ReturnType<typeof healthResource> {}
