import { checkSync } from 'recheck';
import { describe, expect, test, vi } from 'vitest';
import { contract, operations } from './contract.ts';

/** Every value under this key, however deep. */
function* valuesOf(key: string, node: unknown): Generator<unknown> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === key) yield value;
    yield* valuesOf(key, value);
  }
}

test('every operationId is unique and in camelCase', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(ids.filter((id) => !/^[a-z]+(?:[A-Z][a-z]+)*$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every property name is in snake_case, without characters that a JSON Pointer escapes', () => {
  const names = [...valuesOf('properties', contract)].flatMap((properties) => Object.keys(properties as object));
  expect(names).not.toEqual([]);
  expect(names.filter((name) => !/^[a-z]+(?:_[a-z]+)*$/.test(name))).toEqual([]);
});

const texts = ['summary', 'description', 'title', 'detail', 'x-message'].flatMap((key) =>
  [...valuesOf(key, contract)].filter((text) => typeof text === 'string'),
);

test('every summary of an operation has at most six words', () => {
  expect(operations.map(({ summary }) => summary).filter((summary) => summary.split(' ').length > 6)).toEqual([]);
});

test('every text names operations by method and path, not by operationId', () => {
  const id = new RegExp(`\\b(?:${operations.map(({ operationId }) => operationId).join('|')})\\b`);
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter((text) => id.test(text))).toEqual([]);
});

test('every method and path in a text is an operation', () => {
  const documented = operations.map(({ method, path }) => `${method} ${path}`);
  const named = texts.flatMap((text) => text.match(/\b(?:GET|POST|PUT|PATCH|DELETE) \/[\w/{}]+/g) ?? []);
  expect(named).not.toEqual([]);
  expect(named.filter((operation) => !documented.includes(operation))).toEqual([]);
});

describe('the pattern', () => {
  const patterns = new Set([...valuesOf('pattern', contract)].map(String));
  vi.stubEnv('RECHECK_SYNC_BACKEND', 'pure'); // The native backends are not there on every machine.

  test.each([...patterns])('%s is not vulnerable to ReDoS', (pattern) => {
    for (const flags of ['', 'u']) expect(checkSync(pattern, flags).status).toBe('safe');
  });
});
