/** Formats measured times and sizes. */

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
export const milliseconds = (ms: number): string => `${Math.round(ms)} ms`;
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
export const growth = (bytes: number): string => `${bytes < 0 ? '' : '+'}${megabytes(bytes)}`;
export const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)}%`;

/** Resolves to how long it takes, and to its result. */
export async function timed<Result>(work: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const startedAt = performance.now();
  const result = await work();
  return { ms: performance.now() - startedAt, result };
}
