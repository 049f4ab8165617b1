import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generatedFiles } from '../src/generated-files.ts';

const folder = new URL('../generated/', import.meta.url);

test('generated/ is up to date and has no other files', async () => {
  const expected = await generatedFiles();
  expect((await readdir(folder)).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, text] of Object.entries(expected)) {
    expect(await readFile(new URL(name, folder), 'utf8'), `${name} is stale: run pnpm generate`).toBe(text);
  }
});
