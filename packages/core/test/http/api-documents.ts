/** Small OpenAPI documents with overlapping paths, and requests that match or nearly match them. */
import fc from 'fast-check';
import type { Document } from 'openapi-backend';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];

const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('users', 'me', 'messages', 'a.json', 'a-b', '~', '%C3%A9') },
  { weight: 2, arbitrary: fc.constantFrom('{}', 'v{}', '{}.json') },
);

/** Gives each parameter of a path its own name. */
const path = fc
  .array(segment, { maxLength: 4 })
  .map((segments) => `/${segments.map((part, index) => part.replace('{}', `{name_${index}}`)).join('/')}`);

const methods = fc.subarray(METHODS, { minLength: 1 });

/** One to twelve paths, each with some methods; an operation's id is its method and path. */
export const documents = fc
  .uniqueArray(fc.tuple(path, methods), { minLength: 1, maxLength: 12, selector: ([name]) => name })
  .map((items) => documentOf(items.map(([name, names]) => [name, names.map((method) => [method, {}])])));

export type Items = [path: string, operations: [method: string, operation: object][]][];

export const documentOf = (items: Items): Document => ({
  openapi: '3.1.0',
  info: { title: 'Any', version: '1' },
  paths: Object.fromEntries(
    items.map(([name, operations]) => [
      name,
      Object.fromEntries(
        operations.map(([method, operation]) => [
          method,
          { operationId: `${method} ${name}`, responses: {}, ...operation },
        ]),
      ),
    ]),
  ),
});

/** The segments of request paths. */
export const urlSegments = fc.oneof(
  fc.constantFrom('users', 'me', 'messages', 'a.json', 'axjson', 'v1', '.json', '%2F', '%00', 'a%20b', '%7Bname_0%7D'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map(encodeURIComponent),
);

const somewhere = fc.array(urlSegments, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`);
const end = fc.constantFrom('', '', '', '/', '//', '?', '?users=/me', '/?a=b?c', '/extra');
const start = fc.constantFrom('', '', '', '', '/');

/** A method and a path that are in the document, nearly so, or not. */
export const requestsFor = ({ paths = {} }: Document) =>
  fc.record({
    method: fc.constantFrom(...METHODS, 'GET', 'Post', 'query'),
    path: fc
      .tuple(
        start,
        fc.oneof({ weight: 4, arbitrary: filled(Object.keys(paths)) }, { weight: 1, arbitrary: somewhere }),
        end,
      )
      .map((parts) => parts.join('')),
  });

/** One of these paths, with its parameters replaced or literal. */
const filled = (paths: string[]) =>
  fc
    .tuple(fc.constantFrom(...paths), fc.array(urlSegments, { minLength: 4, maxLength: 4 }), fc.boolean())
    .map(([name, values, literally]) =>
      literally ? name : values.reduce((text, value) => text.replace(/\{[^}]+\}/, () => value), name),
    );
