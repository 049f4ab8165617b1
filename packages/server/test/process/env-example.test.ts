import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { Environment } from '../../src/config/config.ts';
import { source } from '../support/process/program.ts';

/** The variables that the AWS SDK reads by itself. */
const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

const example = await readFile(new URL('../../../../.env.example', import.meta.url), 'utf8');

it('.env.example has exactly the variables that are read', async () => {
  const embedded = await readFile(source('embedded.ts'), 'utf8');
  // npm and pnpm set variables in lower case.
  const read = [...embedded.matchAll(/process\.env\.([A-Z]\w+)/g)].map(([, name = '']) => name);
  expect(Object.keys(parseEnv(example)).toSorted()).toEqual(
    [...new Set([...Object.keys(Environment.shape), ...read, ...KEYS])].toSorted(),
  );
});

it('.env.example explains each variable or group of variables in a comment above', () => {
  expect(example).not.toMatch(/\n\n\w/);
});

it('.env.example has no values that could be left unchanged', () => {
  expect(Object.values(parseEnv(example)).filter(Boolean)).toEqual([]);
});
