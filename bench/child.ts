import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ready, Usage } from './servers/listen.ts';

/** A server in its own process. */
export interface Child extends Ready {
  usage(): Promise<Usage>;
  stop(): void;
}

/** Starts one of `servers/` and waits until it listens. Its log is written and discarded. */
export async function startChild(name: string, env: NodeJS.ProcessEnv): Promise<Child> {
  const file = fileURLToPath(new URL(`servers/${name}.ts`, import.meta.url));
  const child = fork(file, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ready = await nextMessage<Ready>(child);

  return {
    ...ready,
    usage() {
      child.send('usage');
      return nextMessage<Usage>(child);
    },
    // The server exits when it is disconnected.
    stop: () => child.disconnect(),
  };
}

function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A server exited with code ${code}`));
    child.once('exit', onExit).once('message', (message) => {
      child.off('exit', onExit);
      resolve(message as Message);
    });
  });
}
