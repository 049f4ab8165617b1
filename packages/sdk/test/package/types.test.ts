import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, inject, test } from 'vitest';

const consumer = inject('consumer');
const compilers = join(import.meta.dirname, 'compilers/node_modules');
const BROWSER = ['--lib', 'es2022,dom,dom.iterable'];
const MODULES = join(import.meta.dirname, '../../node_modules');
const NODE_TYPES = join(MODULES, '@types');
const NODE = ['--lib', 'es2022', '--types', 'node', '--typeRoots', NODE_TYPES];

beforeAll(async () => {
  const program = await readFile(join(consumer, 'typescript.ts'), 'utf8');
  const readme = await readFile(join(consumer, 'node_modules/@async-chatbot/sdk/README.md'), 'utf8');
  const examples = (language: string) =>
    [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code]) => code);
  await writeFile(join(consumer, 'typescript.mts'), program);
  await writeFile(join(consumer, 'typescript.cts'), program);
  await writeFile(join(consumer, 'readme.mts'), examples('ts').join('\n'));
  await writeFile(join(consumer, 'readme.tsx'), examples('tsx').join('\n'));
});

describe.each(['5.4', '5.9', '6', '7'])('TypeScript %s compiles a program that uses the package', (version) => {
  const compile = (...args: string[]) => compileWith(`typescript-${version}`, ...args);

  test('resolved as in Node.js, imported and required', async () => {
    await compile('typescript.mts', 'typescript.cts', '--module', 'nodenext', ...BROWSER);
  });

  test('B15: with `undefined` for every optional property', async () => {
    await compile('undefined.ts', '--module', 'esnext', '--moduleResolution', 'bundler', ...BROWSER);
  });

  test('resolved as in bundlers', async () => {
    await compile('typescript.ts', '--module', 'esnext', '--moduleResolution', 'bundler', ...BROWSER);
  });

  // TypeScript 7 has removed this resolution, and TypeScript 6 requires an option for it.
  if (version === '7') return;
  const deprecationOptions = version === '6' ? ['--ignoreDeprecations', '6.0'] : [];
  test('resolved as in Node.js 10', async () => {
    await compile(
      'typescript.ts',
      '--module',
      'commonjs',
      '--moduleResolution',
      'node10',
      ...deprecationOptions,
      ...BROWSER,
    );
  });
});

test('the package compiles with the types of Node.js instead of those of browsers', async () => {
  await compileWith('typescript-6', 'typescript.mts', '--module', 'nodenext', ...NODE);
});

describe.each([
  ['7', 'ai', '@ai-sdk/react'],
  ['6', 'ai-6', 'ai-sdk-react-3'],
])('with the AI SDK %s', (version, ai, hooks) => {
  const project = join(consumer, `ai-sdk-${version}`);
  // The declarations of the AI SDK itself do not compile with these options, so they are skipped.
  const compile = (version: string, file: string, ...args: string[]) =>
    compileWith(`typescript-${version}`, join(project, file), '--skipLibCheck', ...args);

  beforeAll(async () => {
    const modules = join(project, 'node_modules');
    await cp(join(consumer, 'node_modules'), modules, { recursive: true });
    await mkdir(join(modules, '@ai-sdk'));
    await symlink(join(MODULES, ai), join(modules, 'ai'));
    await symlink(join(MODULES, hooks), join(modules, '@ai-sdk/react'));
    for (const name of ['react', '@types']) await symlink(join(MODULES, name), join(modules, name));
    for (const name of ['ai-sdk.ts', 'readme.mts', 'readme.tsx']) await cp(join(consumer, name), join(project, name));
    await cp(join(consumer, 'ai-sdk.ts'), join(project, 'ai-sdk.mts'));
  });

  test.each(['5.4', '5.9', '6', '7'])('TypeScript %s compiles a program that uses the transport', async (version) => {
    await compile(version, 'ai-sdk.mts', '--module', 'nodenext', ...BROWSER);
    await compile(version, 'ai-sdk.ts', '--module', 'esnext', '--moduleResolution', 'bundler', ...BROWSER);
  });

  test('the examples of the README compile', async () => {
    await compile('6', 'readme.mts', '--module', 'nodenext', ...NODE);
    await compile('6', 'readme.tsx', '--module', 'nodenext', '--jsx', 'react-jsx', ...BROWSER);
  });
});

/** Compiles with these arguments and rejects with the output on errors. Checks the declarations of the package too. */
async function compileWith(compiler: string, ...args: string[]) {
  const strict = '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --target es2022'.split(' ');
  const program = [join(compilers, compiler, 'bin/tsc'), ...strict, ...args];
  await promisify(execFile)(process.execPath, program, { cwd: consumer }).catch(({ stdout, stderr }) => {
    throw new Error(stdout || stderr);
  });
}
