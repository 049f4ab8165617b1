import type { SendOptions } from '../options.ts';

/** Adds an idempotency key to an input without one. */
export function withIdempotencyKey<Input extends SendOptions>(
  input: Input,
): Input & Required<Pick<SendOptions, 'idempotencyKey'>> {
  // 128 random bits. `crypto.randomUUID` does not exist on pages served over plain HTTP.
  return { ...input, idempotencyKey: input.idempotencyKey || crypto.getRandomValues(new Uint32Array(4)).join('-') };
}
