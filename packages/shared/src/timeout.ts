/**
 * A signal that is aborted after `ms` milliseconds, or when `parent` is; if `ms` is infinite, only with `parent`. Once it is
 * cleared, nothing keeps it in memory, unlike the signals of `AbortSignal.timeout` and `AbortSignal.any` (decision 30).
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
