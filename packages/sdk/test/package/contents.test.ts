import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { describe, expect, inject, test } from 'vitest';

const consumer = inject('consumer');
const installed = join(consumer, 'node_modules/@async-chatbot/sdk');
const entries = ['index', 'ai-sdk', 'logging', 'testing'];

test('the package contains the build, README, changelog and license', async () => {
  const names = await readdir(installed);
  expect(names.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
  const built = await readdir(join(installed, 'dist'));
  for (const entry of entries)
    expect(built).toEqual(expect.arrayContaining(['mjs', 'cjs', 'd.mts', 'd.cts'].map((type) => `${entry}.${type}`)));
  expect(built.filter((name) => !/\.[cm](js|\.?ts)$|\.d\.[cm]ts$/.test(name))).toEqual([]);
});

test('the package installs no dependencies', async () => {
  const manifest: object = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  for (const kind of ['dependencies', 'optionalDependencies']) expect(manifest).not.toHaveProperty(kind);
  // An optional peer dependency, for its types only.
  expect(manifest).toMatchObject({
    peerDependencies: { ai: '^6.0.304 || ^7.0.138' },
    peerDependenciesMeta: { ai: { optional: true } },
  });
  expect(await readdir(join(consumer, 'node_modules/@async-chatbot'))).toEqual(['sdk']);
  expect(await readdir(join(consumer, 'node_modules'))).not.toContain('ai');
});

test.each(entries.flatMap((entry) => [`${entry}.mjs`, `${entry}.cjs`]))(
  '%s imports only files of the package, and no Node.js built-ins',
  async (name) => {
    const entryPoints = [join(installed, 'dist', name)];
    await build({ entryPoints, bundle: true, write: false, platform: 'neutral', logLevel: 'silent' });
  },
);

describe.each(entries)('the types of %s', (entry) => {
  test('document every export', () => {
    const options = { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022 };
    const program = ts.createProgram([join(installed, `dist/${entry}.d.mts`)], options);
    const checker = program.getTypeChecker();
    const [source] = program.getRootFileNames().map((name) => program.getSourceFile(name));
    const module = source && checker.getSymbolAtLocation(source);
    const symbols = module ? checker.getExportsOfModule(module) : [];
    expect(symbols).not.toEqual([]);
    const declared = (symbol: ts.Symbol) =>
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const isUndocumented = (symbol: ts.Symbol) => declared(symbol).getDocumentationComment(checker).length === 0;
    expect(symbols.filter(isUndocumented).map(({ name }) => name)).toEqual([]);
  });
});
