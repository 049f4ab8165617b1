/** The tables of operations in the documentation against the contract, and those of the SDK against its client. */
import { readFileSync } from 'node:fs';
import { operations } from '@async-chatbot/api-spec/operations';
import { createClient } from '@async-chatbot/sdk';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

it('README.md lists every operation once, with its method and path', () => {
  const rows = [...read('README.md').matchAll(/^\| `(\w+)` +\| `([A-Z]+ \/\S*)` +\|/gm)];
  const listed = rows.map(([, id, request]) => `${id}: ${request}`);
  const expected = Object.entries(operations).map(([id, { method, path }]) => `${id}: ${method} ${path}`);
  expect(listed.toSorted()).toEqual(expected.toSorted());
});

it('packages/sdk/README.md lists every method of the client once', () => {
  const table = /^\| `client\.users`.*?\n\n/ms.exec(read('packages/sdk/README.md'))?.[0] ?? '';
  let resource = '';
  const listed = table.split('\n').flatMap((row) => {
    resource = /^\| `client\.(\w+)`/.exec(row)?.[1] ?? resource;
    return [...row.matchAll(/`(\w+)\(/g)].map(([, method]) => `${resource}.${method}`);
  });
  const { request: _, ...resources } = createClient({ baseUrl: 'http://localhost' });
  const expected = Object.entries(resources).flatMap(([name, methods]) =>
    Object.keys(methods).map((method) => `${name}.${method}`),
  );
  expect(listed.toSorted()).toEqual(expected.toSorted());
});
