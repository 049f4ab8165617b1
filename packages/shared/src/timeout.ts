/** A signal that is aborted after so many milliseconds, unless it is cleared; `AbortSignal.timeout` lives until it fires. */
export function timeout(ms: number): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const timer = Number.isFinite(ms) ? setTimeout(() => controller.abort(), ms) : undefined;
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
