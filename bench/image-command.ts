import { readFile } from 'node:fs/promises';

/** How the image starts Node.js: its flags, the bundle, and the environment that the Dockerfile sets in the last stage. */
export async function imageCommand() {
  const dockerfile = await readFile(new URL('../Dockerfile', import.meta.url), 'utf8');
  const [, ...args]: string[] = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]');
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  const lines = [...lastStage.matchAll(/^ENV (.*)$/gm)].flatMap(([, pairs = '']) => pairs.split(' '));
  const env: Record<string, string> = Object.fromEntries(lines.map((pair) => pair.split('=')));
  return { flags: args.slice(0, -1), file: args.at(-1) ?? '', env };
}
