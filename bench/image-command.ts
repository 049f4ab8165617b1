import { readFile } from 'node:fs/promises';

/** The arguments with which the image starts Node.js: flags, and the bundle. */
export async function imageCommand(): Promise<{ flags: string[]; file: string }> {
  const dockerfile = await readFile(new URL('../Dockerfile', import.meta.url), 'utf8');
  const [, ...args]: string[] = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]');
  return { flags: args.slice(0, -1), file: args.at(-1) ?? '' };
}
