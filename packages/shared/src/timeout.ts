/** Like `AbortSignal.timeout`, but can be cleared. Never fires if `ms` is infinite. */
export function timeout(ms: number): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const timer = Number.isFinite(ms) ? setTimeout(() => controller.abort(), ms) : undefined;
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
