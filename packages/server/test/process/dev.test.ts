/** `pnpm dev`, on a copy of the sources. */
import { appendFile, cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../../../package.json' with { type: 'json' };
import { startNode, temporaryFolder } from './program.ts';

it('starts again on every change, and leaves nothing behind', async () => {
  const server = join(import.meta.dirname, '../..');
  const copy = await temporaryFolder();
  for (const name of ['src', 'dev', 'package.json'])
    await cp(join(server, name), join(copy, name), { recursive: true });
  await symlink(join(server, 'node_modules'), join(copy, 'node_modules'));

  const [program, ...words] = manifest.scripts.dev.replace('packages/server/', '').split(' ');
  expect(program).toBe('node');
  const dev = startNode(words, { cwd: copy, env: { PORT: '0' } });
  await dev.says(/Async Chatbot on/);
  await appendFile(join(copy, 'src/serve.ts'), '// changed\n');
  await dev.says(/Async Chatbot on.*Async Chatbot on/s);

  dev.signal('SIGINT', { toGroup: true });
  expect((await dev.ended).stderr).toBe('');
});
