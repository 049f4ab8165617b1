/**
 * `node build.ts [folder]`: bundles the server into a folder, `dist` by default, which is all that the image needs. Its
 * `node_modules` contains only the files that the server serves.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutUnusedLibraries } from '@async-chatbot/core/bundling';
import { build, type Metafile, type Plugin } from 'esbuild';
import { withOwnMediaTypes, withoutCharsets, withoutColors, withoutUndici, withPartOfUndici } from './bundling.ts';
import manifest from './package.json' with { type: 'json' };

const root = import.meta.dirname;
const folder = resolve(process.argv[2] ?? join(root, 'dist'));

/** The files that `src/docs/docs.ts` reads. Node resolves a path within a package without the package's manifest. */
const SERVED_FILES = [
  '@async-chatbot/api-spec/openapi.yaml',
  '@async-chatbot/api-spec/postman.json',
  '@async-chatbot/docs/problems.md',
  '@async-chatbot/server/pages/api.css',
  '@async-chatbot/server/pages/page.css',
  '@async-chatbot/server/pages/start.js',
  'swagger-ui-dist/swagger-ui.css',
  'swagger-ui-dist/swagger-ui-bundle.js',
];

/** A map with one mapping, since esbuild ignores one without any. */
const EMPTY_MAP = Buffer.from(JSON.stringify({ version: 3, sources: [''], mappings: 'AAAA' })).toString('base64');

await rm(folder, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outdir: folder,
  bundle: true,
  // Dynamic imports, such as the Cognito client, become files of their own.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Prefer ES modules, which esbuild can tree-shake.
  mainFields: ['module', 'main'],
  banner: {
    js: "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url);",
  },
  // Identifiers are not minified, to keep the names of errors and of functions in stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  // `src/source-positions.ts` finds the maps without a comment in the bundle.
  sourcemap: 'external',
  sourcesContent: false,
  plugins: [
    withoutUndici(),
    withPartOfUndici(),
    withOwnMediaTypes(),
    withoutCharsets(),
    withoutColors(),
    separateZodOfAiSdk(),
    withoutUnusedLibraries(),
    mapOwnSourcesOnly(),
  ],
  metafile: true,
  logLevel: 'warning',
});
rejectDevelopmentCode(metafile);
await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
await Promise.all(SERVED_FILES.map(serve));

/** Keeps the maps small, since the first stack trace parses them; with the packages' maps, that takes 70 ms. */
function mapOwnSourcesOnly(): Plugin {
  return {
    name: 'map-own-sources-only',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]node_modules[\\/].*\.([cm]?js|json)$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const code = path.endsWith('.json') ? `module.exports=${text}` : text;
        // The map covers only the first line, which is empty.
        return { contents: `\n${code}\n//# sourceMappingURL=data:application/json;base64,${EMPTY_MAP}`, loader: 'js' };
      });
    },
  };
}

/**
 * A module that both the server and the AI SDK import is loaded at start, with everything that either uses: for zod, all
 * 450 KB. So the AI SDK gets zod's CommonJS files, which nothing else imports.
 */
function separateZodOfAiSdk(): Plugin {
  return {
    name: 'separate-zod-of-ai-sdk',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^zod(\/|$)/ }, ({ path, importer, kind, resolveDir }) =>
        kind === 'import-statement' && /[\\/]node_modules[\\/](ai|@ai-sdk)[\\/]/.test(importer)
          ? resolve(path, { kind: 'require-call', resolveDir })
          : undefined,
      );
    },
  };
}

function rejectDevelopmentCode({ inputs }: Metafile): void {
  const banned = ['dev/', ...Object.keys(manifest.devDependencies).map((name) => `node_modules/${name}/`)];
  const found = Object.keys(inputs).filter((path) =>
    banned.some((part) => path.startsWith(part) || path.includes(`/${part}`)),
  );
  if (found.length > 0) throw new Error(`Development code in the bundle:\n${found.join('\n')}`);
}

async function serve(specifier: string): Promise<void> {
  const copy = join(folder, 'node_modules', specifier);
  await mkdir(dirname(copy), { recursive: true });
  await cp(fileURLToPath(import.meta.resolve(specifier)), copy);
}
