import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Document, parse } from 'yaml';
import { repository } from './repository.ts';

const removal = (contract: Document) => contract.deleteIn(['paths', '/messages/{id_message}', 'delete']);
const addedCode = (contract: Document) => contract.addIn(['components', 'schemas', 'ProblemCode', 'enum'], 'canary');
const addedField = (contract: Document) =>
  contract.setIn(['components', 'schemas', 'MessageDraft', 'properties', 'note'], {
    type: 'string',
    minLength: 0,
    maxLength: 10,
    description: 'A note.',
    example: 'yes',
  });

describe('pnpm breaking', { timeout: 60_000 }, () => {
  test('passes without changes', async () => {
    const { gate } = await repository();
    expect(await gate()).toMatchObject({ stdout: 'Breaking changes since the last release: 0.\n' });
  });

  test.each(['an unannounced', 'a minor', 'a patch'] as const)(
    'fails on %s breaking change and reports it',
    async (kind) => {
      const { edit, announce, gate } = await repository();
      await edit(removal);
      if (kind === 'a minor') await announce('minor');
      if (kind === 'a patch') await announce('patch');
      await expect(gate()).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining('/messages/{id_message}'),
      });
    },
  );

  test('passes on a breaking change with a major changeset', async () => {
    const { edit, announce, gate } = await repository();
    await edit(removal);
    await announce('major');
    expect(await gate()).toMatchObject({ stdout: expect.stringContaining(', as a changeset announces.') });
  });

  test.each([
    ['problem code', addedCode],
    ['optional field', addedField],
  ])('passes on a new %s without a changeset', async (_, change) => {
    const { edit, gate } = await repository();
    await edit(change);
    expect(await gate()).toMatchObject({ stderr: '' });
  });

  test('a release freezes the current contract with the version of the SDK', async () => {
    const { edit, announce, bump, gate, contract, released, read } = await repository();
    await edit(removal);
    await announce('major');
    const before = await contract();
    await bump();
    const { version } = JSON.parse(await read('packages/sdk/package.json'));
    expect(version).toMatch(/^[1-9]\d*\.0\.0$/);
    expect(parse(await contract()).info.version).toBe(version);
    expect(await contract()).toBe(before.replace(/^ {2}version: .*$/m, `  version: ${version}`));
    expect(await released()).toBe(await contract());
    expect(await read('packages/sdk/CHANGELOG.md')).toContain('A canary.');
    expect(await gate()).toMatchObject({ stdout: 'Breaking changes since the last release: 0.\n' });
  });

  test('the contract and the last release have the version of the SDK', async () => {
    const text = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
    const { version } = JSON.parse(await text('../../sdk/package.json'));
    for (const path of ['../openapi.yaml', '../released/openapi.yaml'])
      expect(parse(await text(path)).info.version).toBe(version);
  });
});
