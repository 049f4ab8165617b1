import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const CHECK_MS = 1000;

/** npx and pnpm, and the shells that they start. */
const LAUNCHER = /^(\S*(node|sh) )?(\S*\/)?(npm|npx|pnpm|corepack)([\s.-]|$)|^(\S*\/)?sh -c /;

/**
 * Calls `onEnd` once one of the processes that started this one has ended. They forward most signals, but not all, and none if
 * they are killed; this process would then keep its port.
 */
export async function watchLaunchers(onEnd: () => void): Promise<void> {
  const watched = [process.ppid, ...(await launchersAbove(process.ppid))];
  const timer = setInterval(() => {
    if (watched.every(isAlive)) return;
    clearInterval(timer);
    onEnd();
  }, CHECK_MS).unref();
}

/** Above the parent, only launchers are watched, since the user's shell may exit. */
async function launchersAbove(id: number): Promise<number[]> {
  // Without `ps`, as in small containers, only the parent is watched.
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']).catch(() => ({ stdout: '' }));
  const processes = new Map(
    [...stdout.matchAll(/^ *(\d+) +(\d+) (.*)$/gm)].map(([, own, parent, command = '']) => [
      Number(own),
      { parent: Number(parent), command },
    ]),
  );
  const found: number[] = [];
  let next = processes.get(id)?.parent;
  while (next !== undefined && LAUNCHER.test(processes.get(next)?.command ?? '')) {
    found.push(next);
    next = processes.get(next)?.parent;
  }
  return found;
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // The process exists, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
