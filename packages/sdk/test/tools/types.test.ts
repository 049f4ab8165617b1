import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describeCompiler } from './compiler-suite.ts';

// The workspace's own; the others are installed here.
describeCompiler('6', createRequire(import.meta.url).resolve('typescript/bin/tsc'));
for (const version of ['5.4', '5.9', '7']) {
  describeCompiler(version, join(import.meta.dirname, `compilers/node_modules/typescript-${version}/bin/tsc`));
}
