import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACTIVITY_INDEX } from '../../src/dynamo/keys.ts';

const text = readFileSync(new URL('../../../../docs/deploy.md', import.meta.url), 'utf8');

it('the deployment guide creates the index, and allows the server to query it', () => {
  const { name, partitionKey, sortKey } = ACTIVITY_INDEX;
  const keys = `[{AttributeName=${partitionKey},KeyType=HASH},{AttributeName=${sortKey},KeyType=RANGE}]`;
  const index = `'IndexName=${name},KeySchema=${keys},Projection={ProjectionType=ALL}'`;
  expect(/--local-secondary-indexes (\S+)/.exec(text)?.[1]).toBe(index);
  expect(text).toContain(`AttributeName=${sortKey},AttributeType=S`);
  expect(text).toContain(`"arn:aws:dynamodb:<region>:<account>:table/<name>/index/${name}"`);
});
