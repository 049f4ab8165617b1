import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished, vi } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../../dev/messages-table.ts';

interface Surroundings {
  cwd?: string;
  /** The program's whole environment, except for `PATH` and `HOME`. */
  env?: Record<string, string>;
  /** Whether the program can exchange messages with the test. */
  ipc?: boolean;
}

/** Starts a process in its own process group, which is killed when the test ends. */
export function start(command: string, args: string[], { cwd, env = {}, ipc = false }: Surroundings = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const child: ChildProcess = spawn(command, args, {
    detached: true,
    env: { PATH, HOME, ...env },
    stdio: ['pipe', 'pipe', 'pipe', ...(ipc ? ['ipc' as const] : [])],
    ...(cwd && { cwd }),
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text) => (output.stderr += text));
  // Unlike `exit`, `close` fires after all output has been read.
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }));
  onTestFinished(() => endGroup(child));

  return {
    /** The id of the process and of its group. */
    id: child.pid ?? 0,
    output,
    ended,
    child,
    /** Waits until the program has printed this. */
    prints: (pattern: RegExp) =>
      vi.waitFor(
        () => {
          const match = pattern.exec(output.stdout + output.stderr);
          if (match) return match;
          throw new Error(`The program never printed ${pattern}, only:\n${output.stdout}${output.stderr}`);
        },
        { timeout: 30_000, interval: 20 },
      ),
    /** Sends a signal to the process, or with `toGroup` to its group, as a terminal does on Ctrl+C. */
    signal: (name: NodeJS.Signals, { toGroup = false } = {}) =>
      process.kill(toGroup ? -(child.pid ?? 0) : (child.pid ?? 0), name),
  };
}

export type Program = ReturnType<typeof start>;

/** Runs one of our entry files on the Node.js that runs the tests. */
export const startNode = (args: string[], surroundings?: Surroundings): Program =>
  start(process.execPath, args, surroundings);

/** The path of a source file of the server. */
export const source = (name: string): string => join(import.meta.dirname, '../../../src', name);

/** The URL of a program started with `PORT=0`, from the log of `main.ts`. */
export const addressOf = async (program: Program): Promise<string> =>
  `http://127.0.0.1:${(await program.prints(/"port":(\d+),"msg":"listening"/))[1]}`;

/** The environment of `main.ts` on the emulators. */
export const onEmulators = (): Record<string, string> => ({
  ...inject('environment'),
  ...LOCAL_CREDENTIALS,
  PORT: '0',
});

/** A port that is probably free. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** A folder that is deleted after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-process-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A group's id remains valid while any of its processes runs, even after the first has ended. */
export function isGroupAlive(id: number): boolean {
  try {
    return process.kill(-id, 0);
  } catch {
    return false;
  }
}

async function endGroup({ pid = 0, exitCode, signalCode }: ChildProcess): Promise<void> {
  if (isGroupAlive(pid)) process.kill(-pid, 'SIGKILL');
  await vi.waitFor(
    () => {
      if (isGroupAlive(pid))
        throw new Error(`Process group ${pid} is still running`, { cause: exitCode ?? signalCode });
    },
    { timeout: 10_000 },
  );
}
