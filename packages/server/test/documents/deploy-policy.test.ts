import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The request of a command; the document client's commands have shorter names. */
const ACTIONS: Record<string, string> = {
  BatchGet: 'BatchGetItem',
  BatchWrite: 'BatchWriteItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Query: 'Query',
  Update: 'UpdateItem',
  UpdateItem: 'UpdateItem',
};

it("the deployment guide's policy allows the server's requests to DynamoDB, and no others", () => {
  const folder = 'packages/server/src/dynamo';
  const sources = readdirSync(join(root, folder)).map((file) => read(`${folder}/${file}`));
  const commands = sources.flatMap((source) =>
    [...source.matchAll(/new (\w+)Command\(/g)].map(([, name = '']) => name),
  );
  const allowed = [...read('docs/deploy.md').matchAll(/"dynamodb:(\w+)"/g)].map(([, name]) => name);
  expect(new Set(allowed)).toEqual(new Set(commands.map((name) => ACTIONS[name] ?? name)));
});
