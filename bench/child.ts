import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ready, Usage } from './servers/listen.ts';

/** A server in its own process. */
export interface Child extends Ready {
  usage(): Promise<Usage>;
  /** Sends a message and resolves to the response. */
  ask<Response>(message: string | object): Promise<Response>;
  stop(): void;
}

/** Starts one of `servers/` and waits until it listens. Its log is written and discarded. */
export async function startChild(name: string, env: NodeJS.ProcessEnv, execArgv: string[] = []): Promise<Child> {
  const file = fileURLToPath(new URL(`servers/${name}.ts`, import.meta.url));
  const child = fork(file, { env, execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let isStopped = false;
  child.once('exit', (code, signal) => {
    if (!isStopped) throw new Error(`servers/${name}.ts exited with ${signal ?? `code ${code}`}`);
  });
  const ready = await nextMessage<Ready>(child);

  return { ...ready, ask, usage: () => ask<Usage>('usage'), stop };

  function ask<Response>(message: string | object): Promise<Response> {
    child.send(message);
    return nextMessage<Response>(child);
  }

  /** The server exits when it is disconnected. */
  function stop(): void {
    isStopped = true;
    if (child.connected) child.disconnect();
  }
}

function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('message', (message) => {
      child.off('error', reject);
      // The cast: each message is the response to the one before it.
      resolve(message as Message);
    });
  });
}
