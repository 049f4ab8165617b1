/** The source files of a package and what each imports, from its syntax tree. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../../../../..');

export interface SourceFile {
  /** From the root of the repository, such as `packages/core/src/deps.ts`. */
  path: string;
  text: string;
  imports: Import[];
  /** The names of the types, interfaces and classes that it declares and exports. */
  exportedTypes: string[];
}

interface Import {
  /** As written: a package, or a relative path. */
  from: string;
  /** The imported file, if it is in the repository. */
  file: string | undefined;
  isTypeOnly: boolean;
}

export const sourceFiles = (folder: string): SourceFile[] =>
  globSync(`${folder}/**/*.{ts,js}`, { cwd: root })
    .filter((path) => !path.includes('/generated/') && !path.endsWith('.d.ts'))
    .map(read);

function read(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const imports: Import[] = [];
  const exportedTypes: string[] = [];

  function add(specifier: ts.Node | undefined, isTypeOnly: boolean): void {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    imports.push({ from: specifier.text, file: fileOf(specifier.text, path), isTypeOnly });
  }

  function visit(node: ts.Node): void {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypes(node.importClause));
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node))
      if (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) && node.name)
        exportedTypes.push(node.name.text);
    ts.forEachChild(node, visit);
  }
  visit(source);
  return { path, text, imports, exportedTypes };
}

function isTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { namedBindings } = clause;
  return (
    !clause.name &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

function fileOf(from: string, importer: string): string | undefined {
  if (from.startsWith('.')) return relative(root, resolve(root, dirname(importer), from));
  const [, name, path] = /^@async-chatbot\/(core|shared)\/(.+)$/.exec(from) ?? [];
  return name && `packages/${name}/src/${path}.ts`;
}

/** All files that can be reached from one, itself included; with `types`, by type-only imports too. */
export function reachableFrom(path: string, files: SourceFile[], { types = false } = {}): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const next = [path];
  for (let current = next.pop(); current !== undefined; current = next.pop()) {
    if (reached.has(current)) continue;
    reached.add(current);
    for (const { file, isTypeOnly } of byPath.get(current)?.imports ?? [])
      if (file && (types || !isTypeOnly)) next.push(file);
  }
  return [...reached];
}

/** Every import that is part of a cycle, as `a -> b`; type-only imports included. */
export function cycles(files: SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(({ file }) => file && reachableFrom(file, files, { types: true }).includes(path))
      .map(({ file }) => `${path} -> ${file}`),
  );
}

/** Which other packages each folder may import; the first folder that holds a file decides. */
const DIRECTIONS: readonly (readonly [folder: string, packages: readonly string[]])[] = [
  ['packages/api-spec/', []],
  ['packages/shared/', ['api-spec']],
  ['packages/core/', ['api-spec', 'shared']],
  ['packages/sdk/src/testing/', ['api-spec', 'shared', 'core']],
  ['packages/sdk/', ['api-spec', 'shared']],
  ['packages/server/', ['api-spec', 'shared', 'core', 'docs']],
];

/** Every import of a package that its folder may not import, as `a -> b`; type-only imports included. */
export function forbiddenImports(files: SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) => {
    const [, allowed = []] = DIRECTIONS.find(([folder]) => path.startsWith(folder)) ?? [];
    return imports
      .filter(({ from, file }) => {
        const name = packageOf(from, file);
        return name !== undefined && !path.startsWith(`packages/${name}/`) && !allowed.includes(name);
      })
      .map(({ from }) => `${path} -> ${from}`);
  });
}

/** The workspace package that is imported; undefined for external packages. */
const packageOf = (from: string, file: string | undefined): string | undefined =>
  /^@async-chatbot\/([\w-]+)/.exec(from)?.[1] ?? /^(?:packages\/)?([\w-]+)\//.exec(file ?? '')?.[1];
