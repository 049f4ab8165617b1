import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../src');
const workspace = join(import.meta.dirname, '../../..');

/** The imports of each file of `src`, including type-only imports: paths within `src` and names of packages. */
const imports = new Map<string, readonly string[]>();
for (const file of await readdir(root, { recursive: true })) {
  if (!/\.[jt]s$/.test(file)) continue;
  const { importedFiles } = ts.preProcessFile(await readFile(join(root, file), 'utf8'), true, true);
  const names = importedFiles.map(({ fileName }) => fileName);
  imports.set(
    file,
    names.map((name) => (name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name)),
  );
}
const isPath = (name: string) => /\.[jt]s$/.test(name);

/** Returns the first import cycle that a depth-first search from this file finds. */
function cycleFrom(
  file: string,
  path: readonly string[] = [],
  done = new Set<string>(),
): readonly string[] | undefined {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (done.has(file)) return undefined;
  done.add(file);
  for (const imported of imports.get(file) ?? []) {
    const cycle = cycleFrom(imported, [...path, file], done);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Returns the file and everything that it imports, directly or indirectly. */
function reachableFrom(file: string, reached = new Set<string>()): Set<string> {
  if (reached.has(file)) return reached;
  reached.add(file);
  for (const imported of imports.get(file) ?? []) reachableFrom(imported, reached);
  return reached;
}

test('every relative import names a file of src', () => {
  expect(imports.get('client.ts')).toContain('options.ts');
  expect([...imports.values()].flat().filter((name) => isPath(name) && !imports.has(name))).toEqual([]);
});

test('there are no import cycles', () => {
  for (const file of imports.keys()) expect(cycleFrom(file), file).toBeUndefined();
});

describe.each(['index.ts', 'ai-sdk/index.ts', 'logging.ts'])('%s', (entry) => {
  const reached = [...reachableFrom(entry)];

  test('does not import the mock server', () => {
    expect(reached.filter(isPath).length).toBeGreaterThan(1);
    expect(reached.filter((name) => name.startsWith('testing/'))).toEqual([]);
  });

  test('imports only the contract, shared code and the types of the AI SDK', () => {
    const packages = reached.filter((name) => !isPath(name));
    expect(packages).toContain('@async-chatbot/api-spec');
    expect(packages.filter((name) => !/^(@async-chatbot\/(api-spec|shared)(\/.+)?|ai)$/.test(name))).toEqual([]);
  });

  test('bundles no other package', async () => {
    const { metafile } = await build({
      entryPoints: [join(root, entry)],
      absWorkingDir: workspace,
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toContain(`packages/sdk/src/${entry}`);
    expect(inputs.filter((input) => !/^packages\/(sdk\/src(?!\/testing)|shared|api-spec)\//.test(input))).toEqual([]);
  });
});
