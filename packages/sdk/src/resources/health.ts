import type { OperationCaller } from '../http/operation.ts';
import type { CallOptions } from '../options.ts';

/** Is the service there? */
export function healthResource(request: OperationCaller) {
  return {
    /** Tells that the service is alive. */
    get: (options?: CallOptions) => request('getHealth', options),
  };
}

/** Is the service there? */
export interface Health extends ReturnType<typeof healthResource> {}
