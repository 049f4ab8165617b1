import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

it("the deployment guide's policy allows the server's requests to DynamoDB, and no others", () => {
  const commands = 'packages/server/src/dynamo/commands.ts';
  const sources = globSync('packages/server/src/dynamo/*.ts', { cwd: root }).filter((path) => path !== commands);
  const code = sources.map(read).join('\n');
  const operations = [...read(commands).matchAll(/const (\w+) = operation\('(\w+)'\)/g)];
  const used = operations.filter(([, command]) => new RegExp(`(?<![.\\w])${command}\\(`).test(code));
  const allowed = [...read('docs/deploy.md').matchAll(/"dynamodb:(\w+)"/g)].map(([, name]) => name);
  expect(new Set(allowed)).toEqual(new Set(used.map(([, , name]) => name)));
});
