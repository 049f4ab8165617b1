import { defineConfig, type Rolldown, type UserConfig } from 'tsdown';
import { unusedLibraries } from './unused-libraries.ts';

const entries = {
  index: 'src/index.ts',
  'ai-sdk': 'src/ai-sdk/index.ts',
  logging: 'src/logging.ts',
  testing: 'src/testing/index.ts',
};

// What is a devDependency is bundled, the types of the workspace's other packages included.
const common: UserConfig = {
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: true,
  hash: false,
  // What is bundled for tests knows `main` alone.
  inputOptions: { resolve: { mainFields: ['module', 'main'] }, checks: { pluginTimings: false } },
  logLevel: 'warn',
  tsconfig: 'tsconfig.build.json',
  plugins: [unusedLibraries()],
};

/** A file that imports no other of the package, so that a page without a build step loads one. */
const esModule = ([name, file]: [string, string]): UserConfig => ({
  ...common,
  entry: { [name]: file },
  format: 'esm',
  dts: false,
  plugins: [unusedLibraries(), sharedTypes(name)],
});

/** An ES module may take its types from a CommonJS one, so they are written once. */
const sharedTypes = (name: string): Rolldown.Plugin => ({
  name: 'shared-types',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: `${name}.d.mts`, source: `export * from './${name}.cjs';\n` });
  },
});

export default defineConfig([
  ...Object.entries(entries).map(esModule),
  // Eager, or the types of the other packages are not emitted.
  { ...common, entry: entries, format: 'cjs', dts: { eager: true } },
]);
