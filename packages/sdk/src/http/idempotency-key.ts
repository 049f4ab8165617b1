import type { SendOptions } from '../options.ts';

/** The input of a call with a key that names it, unless it has one. */
export function withKey<Input extends SendOptions>(
  input: Input,
): Input & Required<Pick<SendOptions, 'idempotencyKey'>> {
  // 128 bits by chance. `randomUUID` is not there on pages that came over plain http.
  return { ...input, idempotencyKey: input.idempotencyKey || crypto.getRandomValues(new Uint32Array(4)).join('-') };
}
