import { invalidParameter } from './errors.ts';

/** The JSON body of a request. */
export type Input = Record<string, unknown>;

export type Operation = (input: Input) => object;

/** An operation that requires these string fields. */
export const operation =
  <Field extends string>(fields: readonly Field[], run: (input: Record<Field, string> & Input) => object): Operation =>
  (input) => {
    for (const field of fields) {
      if (typeof input[field] !== 'string') throw invalidParameter(`Missing required parameter ${field}`);
    }
    // The cast: the loop has checked the fields.
    return run(input as Record<Field, string> & Input);
  };
