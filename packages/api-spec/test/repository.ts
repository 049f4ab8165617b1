import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { type Document, parseDocument } from 'yaml';

const root = join(import.meta.dirname, '../../..');
const COPIED = ['package.json', 'pnpm-workspace.yaml', '.changeset/config.json', 'packages/sdk/package.json'];
const CONTRACT = 'packages/api-spec/openapi.yaml';
const RELEASED = 'packages/api-spec/released/openapi.yaml';

/** A copy of the files that the gate and a release read, without changes since the last release. */
export async function repository() {
  const folder = await mkdtemp(join(tmpdir(), 'repository-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const filter = (path: string) => !path.includes('node_modules');
  for (const path of [...COPIED, 'packages/api-spec'])
    await cp(join(root, path), join(folder, path), { recursive: true, filter });
  for (const path of ['node_modules', 'packages/api-spec/node_modules'])
    await symlink(join(root, path), join(folder, path));
  await cp(join(folder, CONTRACT), join(folder, RELEASED));

  const read = (path: string) => readFile(join(folder, path), 'utf8');
  const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: folder });
  return {
    read,
    contract: () => read(CONTRACT),
    released: () => read(RELEASED),
    async edit(change: (contract: Document) => unknown) {
      const contract = parseDocument(await read(CONTRACT));
      change(contract);
      await writeFile(join(folder, CONTRACT), contract.toString());
    },
    announce(bump: 'major' | 'minor' | 'patch') {
      const text = `---\n'@async-chatbot/sdk': ${bump}\n---\n\nA canary.\n`;
      return writeFile(join(folder, '.changeset/canary.md'), text);
    },
    /** Rejects with its output if the gate fails. */
    gate: () => node('packages/api-spec/src/breaking.ts'),
    /** `pnpm bump`, without the generated files. */
    async bump() {
      await node('node_modules/@changesets/cli/bin.js', 'version');
      await node('packages/api-spec/src/freeze.ts');
    },
  };
}
