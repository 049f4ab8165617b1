import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exampleErrors, examplesIn } from '../support/jsdoc-examples.ts';

const root = join(import.meta.dirname, '../..');
const sources = globSync('src/**/*.ts', { cwd: root });
const examples = sources.flatMap((file) => examplesIn(file, readFileSync(join(root, file), 'utf8')));

const BROKEN = `/** Sends a message. */
export const send = 1;

/**
 * Receives a reply.
 *
 * @example
 * const text: string = await client.messages.resume(id).text();
 * const count: number = await client.messages.resume(id).text();
 * @deprecated
 */
export const receive = 1;

/**
 * Lists messages.
 *
 * \`\`\`ts
 * for await (const message of client.messages.list()) console.log(message.text);
 * \`\`\`
 *
 * They are sorted.
 */
export const list = 1;
`;

test('every JSDoc example compiles, and a broken one is reported with its file and line', { timeout: 60_000 }, () => {
  expect(examples.length).toBeGreaterThan(40);
  const errors = exampleErrors(root, [...examples, ...examplesIn('src/broken.ts', BROKEN)]);
  expect(errors.filter((error) => !error.startsWith('src/broken.ts'))).toEqual([]);
  expect(errors.filter((error) => error.startsWith('src/broken.ts'))).toEqual([
    "src/broken.ts:9: Type 'string' is not assignable to type 'number'.",
    "src/broken.ts:18: Property 'text' does not exist on type 'Message'.",
  ]);
});
