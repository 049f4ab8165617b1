/** Checks responses against the OpenAPI document, with code that the server does not share. */
import { document } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import { parseDecimalDigits } from '@async-chatbot/shared/decimal-digits';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';

interface ResponseObject {
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, { examples?: Record<string, unknown> }>;
}

interface HeaderObject {
  required?: boolean;
  schema?: { type?: string };
}

/** Headers of every response: those of the transport, and those that `info` documents for all operations. */
const COMMON_HEADERS = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'transfer-encoding',
  'cache-control',
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
]);

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, 'openapi.json');

/** Headers of a server that allows other origins, also documented in `info`. */
const CORS_HEADERS = /^(?:vary$|access-control-)/;

/** The operation of a request, if there is one. */
export function operationOf(method: string, path: string): OperationId | undefined {
  const found = Object.entries(operations).find(
    ([, operation]) =>
      operation.method === method && new RegExp(`^${operation.path.replace(/\{\w+\}/g, '[^/]+')}/?$`).test(path),
  );
  return found?.[0] as OperationId | undefined;
}

/** Every status that the document has for an operation. */
export const statusesOf = (id: OperationId): string[] => Object.keys(operationObject(id).responses);

/** Every problem code that the document has for an operation. */
export const codesOf = (id: OperationId): string[] =>
  statusesOf(id).flatMap((status) =>
    Object.keys(resolve(pointerOf(id, Number(status)))?.content?.['application/problem+json']?.examples ?? {}),
  );

/** Fails unless the document allows this response: its status, media type, headers, body and problem code. */
export function expectDocumented(id: OperationId | undefined, response: Response, body: unknown): void {
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  expect(response.headers.get('x-request-id'), 'X-Request-Id').toMatch(/^[0-9a-f-]{36}$/);
  if (!id) {
    expectValid('/components/schemas/Problem', body);
    // `info` documents the responses to requests that match no operation.
    expect(
      undocumentedHeaders(response.headers, ['x-request-id', ...(response.status === 405 ? ['allow'] : [])]),
    ).toEqual([]);
    expect(response.headers.has('allow')).toBe(response.status === 405);
    return;
  }

  const pointer = pointerOf(id, response.status);
  const promised = resolve(pointer);
  expect(promised, `${id} documents no ${response.status}`).toBeDefined();
  const types = Object.keys(promised?.content ?? {});
  expectHeaders(`${id} ${response.status}`, response.headers, promised?.headers ?? {});
  if (response.status === 204) {
    expect([types, type, body]).toEqual([[], '', undefined]);
    return;
  }
  expect(types, `${id} ${response.status}`).toContain(type);
  if (type === 'application/problem+json') {
    // The cast: the schema, which is checked next, requires a code.
    const { code } = body as { code: string };
    const { examples = {} } = promised?.content?.[type] ?? {};
    expect(Object.keys(examples), `${id} ${response.status}`).toContain(code);
  }
  const schema = `${pointer}/content/${escapeToken(type)}/schema`;
  // The schema describes one line or event.
  const isMany = ['application/x-ndjson', 'text/event-stream'].includes(type);
  for (const part of isMany ? (body as unknown[]) : [body]) expectValid(schema, part);
}

/** All headers are documented, all required headers are present, and all values match their schemas. */
function expectHeaders(what: string, headers: Headers, promised: Record<string, { $ref: string }>): void {
  expect(undocumentedHeaders(headers, Object.keys(promised)), `undocumented headers of ${what}`).toEqual([]);
  for (const [name, { $ref }] of Object.entries(promised)) {
    const { required, schema } = resolve($ref.slice(1)) ?? {};
    const values =
      name === 'Set-Cookie' ? headers.getSetCookie() : [headers.get(name)].filter((value) => value !== null);
    if (required) expect(values, `${what} sends ${name}`).not.toEqual([]);
    for (const value of values)
      expectValid(`${$ref.slice(1)}/schema`, schema?.type === 'integer' ? (parseDecimalDigits(value) ?? value) : value);
  }
}

function undocumentedHeaders(headers: Headers, documented: readonly string[]): string[] {
  const names = documented.map((name) => name.toLowerCase());
  const isCors = headers.has('access-control-allow-credentials');
  const isCommon = (name: string) => COMMON_HEADERS.has(name) || (isCors && CORS_HEADERS.test(name));
  return [...headers.keys()].filter((name) => !isCommon(name) && !names.includes(name));
}

function expectValid(pointer: string, body: unknown): void {
  const validate = ajv.compile({ $ref: `openapi.json#${pointer}` });
  validate(body);
  expect(validate.errors, JSON.stringify(body)?.slice(0, 500)).toBeNull();
}

const escapeToken = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

const operationObject = (id: OperationId) => {
  const { path, method } = operations[id];
  const item = (document.paths as unknown as Record<string, Record<string, { responses: Record<string, object> }>>)[
    path
  ];
  return item?.[method.toLowerCase()] ?? { responses: {} };
};

/** The JSON Pointer of a response in the document, with its `$ref` resolved. */
function pointerOf(id: OperationId, status: number): string {
  const { path, method } = operations[id];
  const response = operationObject(id).responses[String(status)] as { $ref?: string } | undefined;
  return response?.$ref?.slice(1) ?? `/paths/${escapeToken(path)}/${method.toLowerCase()}/responses/${status}`;
}

function resolve(pointer: string): (ResponseObject & HeaderObject) | undefined {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], document) as
    | (ResponseObject & HeaderObject)
    | undefined;
}
