/**
 * A signal that is aborted after `ms` milliseconds, with a `TimeoutError`, or when `parent` is, with its reason. If `ms` is infinite,
 * only with `parent`. `clear` cancels both, so that nothing keeps the signal in memory: those of `AbortSignal.timeout` and
 * `AbortSignal.any` may stay long after their use (decision 30).
 */
export function timeout(ms: number, parent?: AbortSignal): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const follow = () => controller.abort(parent?.reason);
  const timer = Number.isFinite(ms) ? setTimeout(() => controller.abort(lateError()), ms) : undefined;
  if (parent?.aborted) follow();
  else parent?.addEventListener('abort', follow);

  function clear(): void {
    clearTimeout(timer);
    parent?.removeEventListener('abort', follow);
  }
  return { signal: controller.signal, clear };
}

const lateError = () => new DOMException('The time limit was exceeded', 'TimeoutError');
