import { join } from 'node:path';
import { describeCompiler } from '../package/compiler-suite.ts';

for (const version of ['5.4', '5.9', '7']) {
  describeCompiler(version, join(import.meta.dirname, `compilers/node_modules/typescript-${version}/bin/tsc`));
}
