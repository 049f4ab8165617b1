import { defineConfig, type Rolldown, type UserConfig } from 'tsdown';

const entries = { index: 'src/index.ts', logging: 'src/logging.ts', testing: 'src/testing/index.ts' };

// What is a devDependency is bundled, the types of the workspace's other packages included.
const common: UserConfig = {
  entry: entries,
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: true,
  hash: false,
  // What is bundled for tests knows `main` alone.
  inputOptions: { resolve: { mainFields: ['module', 'main'] } },
  tsconfig: 'tsconfig.build.json',
};

/** An ES module may take its types from a CommonJS one, so they are written once. */
const sharedTypes: Rolldown.Plugin = {
  name: 'shared-types',
  generateBundle() {
    for (const name of Object.keys(entries))
      this.emitFile({ type: 'asset', fileName: `${name}.d.mts`, source: `export * from './${name}.cjs';\n` });
  },
};

export default defineConfig([
  { ...common, format: 'esm', dts: false, plugins: [sharedTypes] },
  // Eager, or the types of the other packages are not emitted.
  { ...common, format: 'cjs', dts: { eager: true } },
]);
