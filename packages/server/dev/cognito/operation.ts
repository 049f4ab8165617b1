import { invalidParameter } from './errors.ts';

/** A request's JSON. */
export type Input = Record<string, unknown>;

export type Operation = (input: Input) => object;

/** An operation that needs these fields as strings. */
export const operation =
  <Field extends string>(fields: readonly Field[], run: (input: Record<Field, string> & Input) => object): Operation =>
  (input) => {
    for (const field of fields) {
      if (typeof input[field] !== 'string') throw invalidParameter(`Missing required parameter ${field}`);
    }
    // The cast: the loop has checked every field.
    return run(input as Record<Field, string> & Input);
  };
