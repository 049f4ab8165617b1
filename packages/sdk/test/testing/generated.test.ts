import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generatedFiles } from '../../generated-files.ts';

it.each(Object.entries(generatedFiles()))('%s is what the contract says now', async (name, text) => {
  expect(await readFile(new URL(`../../src/testing/generated/${name}`, import.meta.url), 'utf8')).toBe(text);
});
