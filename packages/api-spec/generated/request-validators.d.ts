// Generated from openapi.yaml by `pnpm generate`. Do not edit.
import type { ValidateFunction } from 'ajv';
import type { operations } from './openapi.ts';

/** The validators of `{ path, query, header, cookie, requestBody }` of each operation. Their errors carry no schema. */
export const requestValidators: { readonly [Id in keyof operations]: ValidateFunction[] };
