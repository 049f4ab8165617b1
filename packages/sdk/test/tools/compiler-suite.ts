import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, inject, test } from 'vitest';

const BROWSER = ['--lib', 'es2022,dom,dom.iterable'];
const MODULES = join(import.meta.dirname, '../../node_modules');
const NODE_TYPES = join(MODULES, '@types');
const NODE = ['--lib', 'es2022', '--types', 'node', '--typeRoots', NODE_TYPES];
const AI_SDKS = [
  ['7', 'ai', '@ai-sdk/react'],
  ['6', 'ai-6', 'ai-sdk-react-3'],
] as const;

/** Compiles programs that use the installed package with one version of TypeScript, whose compiler is at the path `tsc`. */
export function describeCompiler(version: string, tsc: string): void {
  const consumer = inject('consumer');

  /** Compiles with these arguments and rejects with the output on errors. Checks the declarations of the package too. */
  async function compile(...args: string[]) {
    const strict = '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --target es2022'.split(' ');
    await promisify(execFile)(process.execPath, [tsc, ...strict, ...args], { cwd: consumer }).catch((error) => {
      throw new Error(error.stdout || error.stderr);
    });
  }

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

  describe(`TypeScript ${version} compiles a program that uses the package`, () => {
    test('resolved as in Node.js, imported and required', async () => {
      await compile('typescript.mts', 'typescript.cts', '--module', 'nodenext', ...BROWSER);
    });

    if (version === '6')
      test('with the types of Node.js instead of those of browsers', async () => {
        await compile('typescript.mts', '--module', 'nodenext', ...NODE);
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

  describe.each(AI_SDKS)(`with the AI SDK %s, TypeScript ${version} compiles`, (release, ai, hooks) => {
    const project = join(consumer, `ai-sdk-${release}-${version}`);
    // The declarations of the AI SDK itself do not compile with these options, so they are skipped.
    const compileIn = (file: string, ...args: string[]) => compile(join(project, file), '--skipLibCheck', ...args);

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

    test('a program that uses the transport', async () => {
      await compileIn('ai-sdk.mts', '--module', 'nodenext', ...BROWSER);
      await compileIn('ai-sdk.ts', '--module', 'esnext', '--moduleResolution', 'bundler', ...BROWSER);
    });

    if (version === '6')
      test('the examples of the README', async () => {
        await compileIn('readme.mts', '--module', 'nodenext', ...NODE);
        await compileIn('readme.tsx', '--module', 'nodenext', '--jsx', 'react-jsx', ...BROWSER);
      });
  });
}
