import { execFile } from 'node:child_process';
import { copyFile, cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, test } from 'vitest';

const consumer = inject('consumer');
const compilers = join(import.meta.dirname, 'compilers/node_modules');
const BROWSER = ['--lib', 'es2022,dom,dom.iterable'];
const MODULES = join(import.meta.dirname, '../../node_modules');
const NODE_TYPES = join(MODULES, '@types');
const NODE = ['--lib', 'es2022', '--types', 'node', '--typeRoots', NODE_TYPES];

beforeAll(async () => {
  const program = await readFile(join(consumer, 'typescript.ts'), 'utf8');
  const manual = await readFile(join(consumer, 'node_modules/@async-chatbot/sdk/README.md'), 'utf8');
  const examples = [...manual.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  expect(examples).not.toEqual([]);
  await writeFile(join(consumer, 'typescript.mts'), program);
  await writeFile(join(consumer, 'typescript.cts'), program);
  await writeFile(join(consumer, 'manual.mts'), examples.join('\n'));
});

describe.each(['5.4', '5.9', '6', '7'])('TypeScript %s compiles a program that uses the package', (version) => {
  const compile = (...words: string[]) => compileWith(`typescript-${version}`, ...words);

  test('as Node.js resolves it, imported and required', async () => {
    await compile('typescript.mts', 'typescript.cts', '--module', 'nodenext', ...BROWSER);
  });

  test('B15: with `undefined` for whatever is optional', async () => {
    await compile('undefined.ts', '--module', 'esnext', '--moduleResolution', 'bundler', ...BROWSER);
  });

  test('as bundlers resolve it', async () => {
    await compile('typescript.ts', '--module', 'esnext', '--moduleResolution', 'bundler', ...BROWSER);
  });

  // TypeScript 7 has forgotten this one, and 6 asks to be told that one knows.
  if (version === '7') return;
  const knowing = version === '6' ? ['--ignoreDeprecations', '6.0'] : [];
  test('as Node.js 10 resolved it', async () => {
    await compile('typescript.ts', '--module', 'commonjs', '--moduleResolution', 'node10', ...knowing, ...BROWSER);
  });
});

test('the examples of the manual compile, and with the types of Node.js instead of a browser', async () => {
  await compileWith('typescript-6', 'manual.mts', 'typescript.mts', '--module', 'nodenext', ...NODE);
});

describe.each(['ai', 'ai-6'])('a program with %s of the AI SDK', (installed) => {
  let project: string;

  beforeAll(async () => {
    project = join(consumer, `with-${installed}`);
    await cp(join(consumer, 'node_modules'), join(project, 'node_modules'), { recursive: true });
    await symlink(join(MODULES, installed), join(project, 'node_modules/ai'));
    for (const type of ['mts', 'ts']) await copyFile(join(consumer, 'ai-sdk.ts'), join(project, `ai-sdk.${type}`));
  });

  // The declarations of the AI SDK itself do not compile under these rules, so they are skipped, as its users do.
  const compile = (version: string, ...words: string[]) =>
    compileWith(`typescript-${version}`, ...words, ...BROWSER, '--skipLibCheck');

  test.each(['5.4', '5.9', '6', '7'])('compiles with TypeScript %s', async (version) => {
    await compile(version, join(project, 'ai-sdk.mts'), '--module', 'nodenext');
    await compile(version, join(project, 'ai-sdk.ts'), '--module', 'esnext', '--moduleResolution', 'bundler');
  });
});

/** Rejects with what the compiler says; the package's own declarations are checked too. */
async function compileWith(compiler: string, ...words: string[]) {
  const strict = '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --target es2022'.split(' ');
  const program = [join(compilers, compiler, 'bin/tsc'), ...strict, ...words];
  await promisify(execFile)(process.execPath, program, { cwd: consumer }).catch(({ stdout, stderr }) => {
    throw new Error(stdout || stderr);
  });
}
