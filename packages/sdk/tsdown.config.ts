import { defineConfig, type Rolldown, type UserConfig } from 'tsdown';
import { unusedLibraries } from './unused-libraries.ts';

const entries = {
  index: 'src/index.ts',
  'ai-sdk': 'src/ai-sdk/index.ts',
  logging: 'src/logging.ts',
  testing: 'src/testing/index.ts',
};

// devDependencies are bundled, including the types of the other workspace packages.
const common: UserConfig = {
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: true,
  hash: false,
  // Some libraries of the mock server have only `main`.
  inputOptions: { resolve: { mainFields: ['module', 'main'] }, checks: { pluginTimings: false } },
  logLevel: 'warn',
  tsconfig: 'tsconfig.build.json',
  plugins: [unusedLibraries()],
};

/** Builds one self-contained file, so that a page without a build step loads a single module. */
const esModule = ([name, file]: [string, string]): UserConfig => ({
  ...common,
  entry: { [name]: file },
  format: 'esm',
  dts: false,
  plugins: [unusedLibraries(), sharedTypes(name)],
});

/** Re-exports the types of the CommonJS build from the ES module, so that they are written once. */
const sharedTypes = (name: string): Rolldown.Plugin => ({
  name: 'shared-types',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: `${name}.d.mts`, source: `export * from './${name}.cjs';\n` });
  },
});

export default defineConfig([
  ...Object.entries(entries).map(esModule),
  {
    ...common,
    entry: entries,
    format: 'cjs',
    // Without `eager`, the types of the other packages are not emitted.
    dts: { eager: true },
    // A shared chunk is named for its first module, and another `index.ts` would take the entry's name.
    outputOptions: { chunkFileNames: 'shared-[name].cjs' },
  },
]);
