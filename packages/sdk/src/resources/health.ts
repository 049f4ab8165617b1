import type { OperationCaller } from '../http/operation.ts';
import type { CallOptions } from '../options.ts';

/** The liveness of the service. */
export function healthResource(request: OperationCaller) {
  return {
    /** Checks that the service is alive. */
    get: (options?: CallOptions) => request('getHealth', options),
  };
}

/** The liveness of the service. */
export interface Health extends ReturnType<typeof healthResource> {}
