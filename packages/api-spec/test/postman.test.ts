import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type CollectionDocument, postmanCollection } from '../src/postman/collection.ts';
import { folders, values, variables } from '../src/postman/folders.ts';
import { type Operation, operationsOf } from '../src/postman/operations.ts';
import { scriptsAfter, scriptsBefore } from '../src/postman/scripts.ts';

// The cast: the linters check that it is an OpenAPI document.
const document = parse(await readFile(new URL('../openapi.yaml', import.meta.url), 'utf8')) as CollectionDocument;
const operations = operationsOf(document);
const collection = postmanCollection(document);
const requests = collection.item.flatMap(({ name: folder, item }) => item.map((each) => ({ folder, ...each })));
const text = JSON.stringify(collection);

/** The requests of an operation, in the folder of its tag and in those where it comes first. */
const requestsOf = ({ method, path }: Operation) =>
  requests.filter(
    ({ request }) =>
      request.method === method && `/${request.url.path.join('/')}` === path.replaceAll(/\{(\w+)\}/g, ':$1'),
  );

describe('the Postman collection', () => {
  test.each(operations)('has $operationId in the folder of its tag, with a test of its status', (operation) => {
    const found = requestsOf(operation);
    expect(found.map(({ folder }) => folder)).toContain(operation.tags[0]);
    for (const { event } of found) {
      expect(event.find(({ listen }) => listen === 'test')?.script.exec.join('\n')).toContain(
        `oneOf([${operation.statuses.join(', ')}])`,
      );
    }
  });

  test('cannot be generated for an operation without a place in the order', () => {
    const [first] = operations;
    const renamed = JSON.parse(JSON.stringify(document).replaceAll(`"${first?.operationId}"`, '"getCanary"'));
    expect(() => postmanCollection(renamed)).toThrow('List getCanary in src/postman/folders.ts');
  });

  test('starts with the reference flow', () => {
    const [flow] = collection.item;
    expect(flow?.item.map(({ request }) => `${request.method} ${request.url.raw}`)).toEqual([
      'GET {{baseUrl}}/health',
      'POST {{baseUrl}}/users/register',
      'POST {{baseUrl}}/users/login',
      'GET {{baseUrl}}/users/me',
      'POST {{baseUrl}}/messages',
      'GET {{baseUrl}}/messages',
      'PUT {{baseUrl}}/messages/:id_message',
      'DELETE {{baseUrl}}/messages/:id_message',
      'POST {{baseUrl}}/users/logout',
    ]);
  });

  test.each(operations.filter(({ parameters }) => parameters.length > 0))(
    'has every parameter of $operationId with its description, and disables optional ones',
    (operation) => {
      for (const { request } of requestsOf(operation)) {
        const places = { path: request.url.variable, query: request.url.query, header: request.header };
        for (const { in: place, name, description, required } of operation.parameters) {
          expect(places[place]).toContainEqual({
            key: name,
            value: expect.stringMatching(/./),
            description,
            ...(!required && { disabled: true }),
          });
        }
      }
    },
  );

  test.each(operations.filter(({ bodies }) => bodies.length > 0))(
    'sends the example of $operationId, with variables',
    (operation) => {
      for (const { request } of requestsOf(operation)) {
        const sent = Object.entries<unknown>(JSON.parse(request.body?.raw ?? ''));
        expect(sent).toEqual(
          Object.entries(operation.bodies[0] as object).map(([name, example]) => [name, values[name] ?? example]),
        );
      }
    },
  );

  test('names only operations and parameters of the contract', () => {
    const operationIds = operations.map(({ operationId }) => operationId);
    const listed = [
      ...folders.flatMap(({ operationIds: listed }) => listed),
      ...Object.keys({ ...scriptsBefore, ...scriptsAfter }),
    ];
    expect(listed.filter((operationId) => !operationIds.includes(operationId))).toEqual([]);
    const fields = operations.flatMap(({ parameters, bodies: [body] }) => [
      ...parameters.flatMap(({ name, sharedName }) => [name, sharedName]),
      ...Object.keys(body ?? {}),
    ]);
    expect(Object.keys(values).filter((name) => !fields.includes(name))).toEqual([]);
  });

  test('uses exactly its variables', () => {
    const used = new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(['baseUrl', ...Object.keys(variables)].sort());
  });

  test("starts with values from the contract's examples", () => {
    const examples = operations.flatMap(({ parameters, bodies: [body] }) => [
      ...parameters.map(({ example }) => example),
      ...Object.values(body ?? {}),
    ]);
    const { code, ...others } = variables;
    expect(code).toBe('');
    expect(Object.values(others).filter((value) => !examples.includes(value))).toEqual([]);
  });
});
