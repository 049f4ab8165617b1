import { once } from 'node:events';
import { join } from 'node:path';
import { addressOf, onEmulators, source, startNode } from '../process/program.ts';

/** Commands that `vitals.ts` runs in the server's process. `blockMs` blocks its event loop repeatedly, for `forMs` in all. */
export type Command = 'vitals' | 'reject' | 'throw' | { blockMs: number; forMs: number };

/** The resources that a process holds. */
export interface Vitals {
  sockets: number;
  timers: number;
  /** Memory after a garbage collection. */
  liveBytes: number;
}

const VITALS = join(import.meta.dirname, 'vitals.ts');

/** Starts the server as in production, with this in its environment, and waits until it listens. */
export async function serverProcess(environment: Record<string, string>) {
  const program = startNode(['--import', VITALS, source('main.ts')], {
    env: { ...onEmulators(), ...environment },
    ipc: true,
  });
  const baseUrl = await addressOf(program);
  const { child } = program;
  const command = (sent: Command) => void child.send(sent);

  return {
    ...program,
    baseUrl,
    command,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async vitals(): Promise<Vitals> {
      command('vitals');
      // The cast: the server sends nothing else.
      return (await once(child, 'message'))[0] as Vitals;
    },
    /** Kills it without warning. */
    async crash(): Promise<void> {
      program.signal('SIGKILL');
      await program.ended;
    },
  };
}

export type ServerProcess = Awaited<ReturnType<typeof serverProcess>>;
