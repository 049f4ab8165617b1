import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The client as a script that defines the global `sdk`. */
export async function bundledSdk(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(import.meta.resolve('@async-chatbot/sdk'))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'sdk',
    platform: 'browser',
  });
  return outputFiles[0]?.text ?? '';
}
