import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Document, parseDocument } from 'yaml';
import { breakingChanges } from '../src/breaking-changes.ts';

type Edit = (contract: Document) => unknown;

const contractPath = fileURLToPath(new URL('../openapi.yaml', import.meta.url));
const schemas = ['components', 'schemas'];
const note = { type: 'string', minLength: 0, maxLength: 10, description: 'A note.', example: 'yes' };

async function changesAfter(edit: Edit): Promise<string[]> {
  const contract = parseDocument(await readFile(contractPath, 'utf8'));
  edit(contract);
  const scratch = await mkdtemp(join(tmpdir(), 'contract-'));
  try {
    const revisionPath = join(scratch, 'revision.yaml');
    await writeFile(revisionPath, contract.toString());
    return await breakingChanges(contractPath, revisionPath);
  } finally {
    await rm(scratch, { recursive: true });
  }
}

const breaking: Record<string, Edit> = {
  'a removed operation': (contract) => contract.deleteIn(['paths', '/messages/{id_message}', 'delete']),
  'a renamed operation': (contract) => contract.setIn(['paths', '/messages', 'post', 'operationId'], 'postMessage'),
  'a removed query parameter': (contract) => contract.deleteIn(['paths', '/messages', 'get', 'parameters', 1]),
  'a query parameter that became required': (contract) =>
    contract.setIn(['paths', '/messages', 'get', 'parameters', 0, 'required'], true),
  'a new required property of a request': (contract) => {
    contract.setIn([...schemas, 'MessageDraft', 'properties', 'note'], note);
    contract.addIn([...schemas, 'MessageDraft', 'required'], 'note');
  },
  'a lower maxLength in a request': (contract) =>
    contract.setIn([...schemas, 'NewUser', 'properties', 'password', 'maxLength'], 100),
  'a lower maximum of a query parameter': (contract) =>
    contract.setIn(['components', 'parameters', 'Limit', 'schema', 'maximum'], 50),
  'a removed status': (contract) => contract.deleteIn(['paths', '/messages', 'post', 'responses', '503']),
  'a removed header': (contract) =>
    contract.deleteIn(['paths', '/users/login', 'post', 'responses', '200', 'headers', 'Set-Cookie']),
  'a removed response property': (contract) => contract.deleteIn([...schemas, 'Message', 'properties', 'edited_at']),
  'a response property that became optional': (contract) => contract.deleteIn([...schemas, 'Message', 'required', 4]),
  'a new enum value in a response': (contract) =>
    contract.setIn([...schemas, 'DeletedMessage', 'properties', 'status'], {
      type: 'string',
      enum: ['deleted', 'gone'],
    }),
  'a renamed cookie': (contract) => contract.setIn(['components', 'securitySchemes', 'accessCookie', 'name'], 'token'),
  'a new authentication requirement': (contract) => contract.deleteIn(['paths', '/health', 'get', 'security']),
};

const compatible: Record<string, Edit> = {
  'no change': () => {},
  'an added optional property of a request': (contract) =>
    contract.setIn([...schemas, 'MessageDraft', 'properties', 'note'], note),
  'an added response property': (contract) => contract.setIn([...schemas, 'Message', 'properties', 'note'], note),
  'an added problem code': (contract) => contract.addIn([...schemas, 'ProblemCode', 'enum'], 'teapot'),
};

describe.concurrent('breakingChanges', { timeout: 30_000 }, () => {
  test.each(Object.entries(breaking))('reports %s', async (_, edit) => {
    expect(await changesAfter(edit)).not.toEqual([]);
  });
  test.each(Object.entries(compatible))('allows %s', async (_, edit) => {
    expect(await changesAfter(edit)).toEqual([]);
  });
  test('throws if a document cannot be read', async () => {
    await expect(breakingChanges(contractPath, 'nowhere.yaml')).rejects.toThrow();
  });
});
