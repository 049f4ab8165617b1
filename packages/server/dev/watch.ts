/** `pnpm dev`: runs the embedded server and restarts it when a source file changes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { watch } from 'chokidar';

const PACKAGES = join(import.meta.dirname, '../..');
const SOURCE = /[\\/](src|dev|generated|pages)[\\/].*\.(ts|json|js|css)$/;
/** Editors and git write several files at once, or a file in several steps. */
const SETTLE_MS = 100;

let server = run();
let changed: NodeJS.Timeout | undefined;
let ending = false;

// Not Node's watcher, which loses files that are replaced: git and many editors write that way.
watch(PACKAGES, { ignoreInitial: true, ignored: /[\\/](node_modules|dist|test|\.turbo)([\\/]|$)/ }).on(
  'all',
  (_event, path) => {
    if (!SOURCE.test(path)) return;
    clearTimeout(changed);
    changed = setTimeout(restart, SETTLE_MS);
  },
);

// On Ctrl+C the terminal signals the server too; wait until it exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    ending = true;
    if (signal === 'SIGTERM') server.kill(signal);
    if (hasEnded(server)) process.exit(0);
    server.once('exit', (code) => process.exit(code ?? 0));
  });
}

function run(): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, '../src/embedded.ts')], { stdio: 'inherit' });
}

function restart(): void {
  if (ending) return;
  if (hasEnded(server)) {
    server = run();
    return;
  }
  server.once('exit', () => {
    if (!ending) server = run();
  });
  server.kill('SIGTERM');
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
