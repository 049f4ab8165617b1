// Generated from openapi.yaml by `pnpm generate`. Do not edit.
import type { ValidateFunction } from 'ajv';
import type { operations } from './openapi.ts';

/** The validator of the JSON body of each success, by operation and status. Formats are checked by their shape alone. */
export const responseValidators: { readonly [Id in keyof operations]: { readonly [status: string]: ValidateFunction } };
