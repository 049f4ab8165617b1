import { requestValidators } from '@async-chatbot/api-spec/request-validators';
import { Problem, type ValidationError } from '@async-chatbot/shared/problem';
import type { ErrorObject } from 'ajv';
import type { ParsedRequest } from 'openapi-backend';
import type { OperationId } from '../operation.ts';
import { validationMessages } from './validation-messages.ts';

/** The contract's maximum per response. */
const MAX_ERRORS = 100;
const MAX_POINTER_LENGTH = 500;

/** Validates a request against the contract. Throws `validation-failed`. */
export function assertValid(id: OperationId, { params, query, headers, cookies, requestBody }: ParsedRequest): void {
  const found = requestValidators[id].flatMap((validate) =>
    validate({ path: params, query, header: headers, cookie: cookies, requestBody }) ? [] : (validate.errors ?? []),
  );
  if (found.length === 0) return;
  const errors = validationErrors(found);
  throw new Problem('validation-failed', { errors, detail: summaryOf(errors) });
}

/** Converts errors of the generated validators, whose input is `{ path, query, header, cookie, requestBody }`. */
export function validationErrors(errors: readonly ErrorObject[]): ValidationError[] {
  const found = errors.slice(0, MAX_ERRORS).map(validationError).filter(isRelevant);
  // A rule in both a schema and the schema it references is reported once.
  return [...new Map(found.map((error) => [JSON.stringify(error), error])).values()];
}

/** One line with the first error and the number of the others. */
export function summaryOf([first, ...others]: ValidationError[]): string | undefined {
  if (!first) return undefined;
  const where = first.parameter ?? (first.pointer || 'the body');
  return `${where} ${first.message}${others.length > 0 ? `, and ${others.length} more` : ''}`;
}

function validationError({ instancePath, keyword, params, message = keyword }: ErrorObject): ValidationError {
  const [, part, ...place] = `${instancePath}${missing(keyword, params)}`.split('/');
  const described = { code: keyword, message: validationMessages[keyword]?.(params) ?? message };
  if (part === 'requestBody') return { pointer: cut(place.map((name) => `/${name}`).join('')), ...described };
  const parameter = unescapePointer(cut(place[0] ?? part ?? '')) || keyword;
  return {
    parameter,
    ...described,
    ...(params.type === 'integer' && { message: 'must be an integer in decimal digits' }),
  };
}

/** A length error is redundant where the format is wrong. */
function isRelevant(
  { code, pointer, parameter }: ValidationError,
  _: number,
  all: readonly ValidationError[],
): boolean {
  if (code !== 'minLength' && code !== 'maxLength') return true;
  return !all.some((other) => other.code === 'format' && other.pointer === pointer && other.parameter === parameter);
}

/** Ajv points to the parent of a missing or unknown property; clients need the property itself. */
function missing(keyword: string, params: Record<string, unknown>): string {
  if (keyword === 'required') return `/${escapePointer(String(params.missingProperty))}`;
  if (keyword === 'additionalProperties') return `/${escapePointer(String(params.additionalProperty))}`;
  return '';
}

/** Truncates without splitting an escape or a surrogate pair. */
const cut = (pointer: string): string => pointer.slice(0, MAX_POINTER_LENGTH).replace(/[~\ud800-\udbff]$/, '');

/** RFC 6901, section 3. */
const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** RFC 6901, section 4. */
const unescapePointer = (name: string): string => name.replaceAll('~1', '/').replaceAll('~0', '~');
