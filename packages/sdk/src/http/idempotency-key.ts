import type { SendOptions } from '../options.ts';

/** Adds an idempotency key to the input of a call that has none. */
export function withIdempotencyKey<Input extends SendOptions>(
  input: Input,
): Input & Required<Pick<SendOptions, 'idempotencyKey'>> {
  // 128 random bits. Pages over plain HTTP have no `randomUUID`.
  return { ...input, idempotencyKey: input.idempotencyKey || crypto.getRandomValues(new Uint32Array(4)).join('-') };
}
