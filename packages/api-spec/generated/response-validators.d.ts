// Generated from openapi.yaml by `pnpm generate`. Do not edit.
import type { ValidateFunction } from 'ajv';
import type { operations } from './openapi.ts';

/** Validators of JSON success bodies by operation and status. Formats are checked only by a regular expression. */
export const responseValidators: { readonly [Id in keyof operations]: { readonly [status: string]: ValidateFunction } };
