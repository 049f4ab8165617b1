import { expect, test } from 'vitest';
import { contract, operations, valuesOf } from './contract.ts';

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
