/** `pnpm dev`, on a copy of the sources. */
import { appendFile, cp, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../../../package.json' with { type: 'json' };
import { startNode, temporaryFolder } from '../support/process/program.ts';

it('restarts on every change, and leaves no process behind', async () => {
  const server = join(import.meta.dirname, '../..');
  const copy = join(await temporaryFolder(), 'server');
  for (const name of ['src', 'dev', 'package.json'])
    await cp(join(server, name), join(copy, name), { recursive: true });
  await symlink(join(server, 'node_modules'), join(copy, 'node_modules'));

  expect(manifest.scripts.dev).toBe('node packages/server/dev/watch.ts');
  const dev = startNode(['dev/watch.ts'], { cwd: copy, env: { PORT: '0' } });
  await dev.prints(/Async Chatbot on/);
  await appendFile(join(copy, 'src/serve.ts'), '// changed\n');
  await dev.prints(/(Async Chatbot on.*){2}/s);
  // As many editors save: a new file is renamed over the old one, twice.
  for (const times of [3, 4]) {
    await writeFile(
      join(copy, 'src/saved'),
      `${await readFile(join(copy, 'src/shutdown.ts'), 'utf8')}// saved ${times}\n`,
    );
    await rename(join(copy, 'src/saved'), join(copy, 'src/shutdown.ts'));
    await dev.prints(new RegExp(`(Async Chatbot on.*){${times}}`, 's'));
  }

  dev.signal('SIGINT', { toGroup: true });
  expect((await dev.ended).stderr).toBe('');
});
