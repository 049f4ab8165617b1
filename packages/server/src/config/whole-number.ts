import { parseDecimalDigits } from '@async-chatbot/shared/decimal-digits';
import * as z from 'zod';

/** An environment variable with an integer within these bounds, in decimal digits. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .transform(parseDecimalDigits)
    .refine(
      (value): value is number => value !== undefined && value >= min && value <= max,
      `must be a whole number from ${min} to ${max}, in decimal digits`,
    );
