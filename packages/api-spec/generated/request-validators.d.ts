// Generated from openapi.yaml by `pnpm generate`. Do not edit.
import type { ValidateFunction } from 'ajv';
import type { operations } from './openapi.ts';

/** Validators of `{ path, query, header, cookie, requestBody }` by operation. Their errors do not include the schema. */
export const requestValidators: { readonly [Id in keyof operations]: ValidateFunction[] };
