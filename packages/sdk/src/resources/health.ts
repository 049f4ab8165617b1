import type { OperationCaller } from '../http/operation.ts';
import type { CallOptions } from '../options.ts';

/** Creates the method for health checks. */
export function healthResource(request: OperationCaller) {
  return {
    /** Checks that the service is alive. */
    get: (options?: CallOptions) => request('getHealth', options),
  };
}

/** The method for health checks. */
export interface Health extends ReturnType<typeof healthResource> {}
