import { defineConfig } from 'tsdown';

// What is a devDependency is bundled, the types of the workspace's other packages included.
export default defineConfig({
  entry: 'src/index.ts',
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: true,
  // Eager, or the types of the other packages are not emitted.
  dts: { eager: true },
  tsconfig: 'tsconfig.build.json',
});
