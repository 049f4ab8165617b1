import * as z from 'zod';

/** An environment variable with a number from 0 to 1. */
export const fraction = z
  .string()
  .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'must be a number from 0 to 1, such as 0.01')
  .transform(Number);
