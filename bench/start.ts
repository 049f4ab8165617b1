import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { median } from './figures.ts';

/** Measures cold starts of the server from its sources and, if it is built, from its bundle. Returns one line for each. */
export async function coldStarts(env: NodeJS.ProcessEnv, times: number): Promise<string[]> {
  const lines: string[] = [];
  for (const entry of ['src/main.ts', 'dist/main.js']) {
    const file = fileURLToPath(new URL(`../packages/server/${entry}`, import.meta.url));
    if (!existsSync(file)) continue;
    const durationsMs: number[] = [];
    while (durationsMs.length < times) durationsMs.push(await coldStartMs(file, env));
    const [middle, fastest] = [median(durationsMs), Math.min(...durationsMs)].map(Math.round);
    lines.push(`Cold start of ${entry}: ${middle} ms (median of ${times}; fastest ${fastest} ms)`);
  }
  return lines;
}

/** Returns the milliseconds from spawning the process to the first successful health check. */
async function coldStartMs(file: string, env: NodeJS.ProcessEnv): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface(child.stdout)) {
      const { msg, port } = JSON.parse(line);
      if (msg !== 'listening') continue;
      const { ok } = await fetch(`http://127.0.0.1:${port}/health`);
      if (ok) return performance.now() - startedAt;
    }
    throw new Error(`${file} exited before it responded`);
  } finally {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}
