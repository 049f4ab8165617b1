const MAX_FRAMES = 10;

/** The stack frames of an error, without its message, which may quote a request. */
export const framesOf = (error: unknown): string[] | undefined =>
  error instanceof Error ? error.stack?.match(/(?<=^ +at ).*$/gm)?.slice(0, MAX_FRAMES) : undefined;
