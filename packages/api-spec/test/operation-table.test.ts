import { describe, expect, test } from 'vitest';
import { operations as generated } from '../generated/operations.ts';
import type { OperationEntry } from '../src/operation-table.ts';
import { allResponses, operations, resolved, type Schema } from './contract.ts';

const table: Readonly<Record<string, OperationEntry>> = generated;

test('the table has exactly the operations of the contract', () => {
  expect(Object.keys(table).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
});

describe('the entry', () => {
  test.each(operations)('of $operationId has its method, path, security, body and rate limits', (operation) => {
    expect(table[operation.operationId]).toMatchObject({ method: operation.method, path: operation.path });
    const { isAuthenticated, hasBody, rateLimits } = table[operation.operationId] ?? {};
    expect(isAuthenticated).toBe(JSON.stringify(operation.security) !== '[]');
    expect(hasBody).toBe(operation.requestBody ? true : undefined);
    expect(rateLimits).toEqual(operation['x-rate-limits']);
  });

  test.each(operations)('of $operationId has the fields that its parameters require', ({ operationId, parameters }) => {
    const { integers = [], hasIdempotencyKey } = table[operationId] ?? {};
    const numbers = parameters.filter(({ schema }) => resolved<Schema>(schema).type === 'integer');
    expect(integers).toEqual(numbers.map(({ name }) => name));
    const isKeyed = parameters.some(({ in: place, name }) => place === 'header' && name === 'Idempotency-Key');
    expect(hasIdempotencyKey).toBe(isKeyed || undefined);
  });

  test.each(operations)('of $operationId has the media types of its success responses', ({ operationId }) => {
    const successes = allResponses.filter((each) => each.operationId === operationId && each.status.startsWith('2'));
    const types = new Set(successes.flatMap(({ content }) => Object.keys(content)));
    expect(new Set(table[operationId]?.responseTypes ?? ['application/json'])).toEqual(types);
  });

  test('has no fields that do not apply', () => {
    for (const { isAuthenticated: _, ...entry } of Object.values(table))
      for (const value of Object.values(entry)) expect(value).toSatisfy((each) => each === true || each.length > 0);
  });
});

test('exactly the lists are paginated', () => {
  const pages = Object.entries(table).flatMap(([id, { items }]) => (items === undefined ? [] : [[id, items]]));
  expect(pages).toEqual([
    ['listMessages', 'messages'],
    ['listConversations', 'conversations'],
  ]);
});

test('an entry matches the contract', () => {
  expect(generated.sendMessage).toEqual({
    method: 'POST',
    path: '/messages',
    isAuthenticated: true,
    hasBody: true,
    hasIdempotencyKey: true,
    responseTypes: ['application/json', 'text/event-stream'],
  });
  expect(generated.exportData).toEqual({
    method: 'GET',
    path: '/users/me/export',
    isAuthenticated: true,
    responseTypes: ['application/x-ndjson'],
    rateLimits: ['user'],
  });
});
