/** The tables of operations in the documentation. */
import { readFileSync } from 'node:fs';
import { operations } from '@async-chatbot/api-spec/operations';
import { createClient } from '@async-chatbot/sdk';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

it('docs/api.md lists every operation once, with its method and path', () => {
  const rows = [...read('docs/api.md').matchAll(/^\| `(\w+)` +\| `([A-Z]+ \/\S*)` +\|/gm)];
  const listed = rows.map(([, id, request]) => `${id}: ${request}`);
  const expected = Object.entries(operations).map(([id, { method, path }]) => `${id}: ${method} ${path}`);
  expect(listed.toSorted()).toEqual(expected.toSorted());
});

it('packages/sdk/README.md lists every method of the client once, and every operation', () => {
  const rows = [
    ...read('packages/sdk/README.md').matchAll(/^\| `client\.(\w+\.\w+)\(.*?\)`[^|]*\| +(?:`(\w+)`)?[^|]*\|/gm),
  ];
  const { request: _, session: __, ...resources } = createClient({ baseUrl: 'http://localhost' });
  const methods = Object.entries(resources).flatMap(([name, resource]) =>
    Object.keys(resource).map((method) => `${name}.${method}`),
  );
  expect(rows.map(([, method]) => method).toSorted()).toEqual(methods.toSorted());
  const listed = new Set(rows.flatMap(([, , id]) => id ?? []));
  expect([...listed].toSorted()).toEqual(Object.keys(operations).toSorted());
});
