import { createRequire } from 'node:module';
import { describeCompiler } from './compiler-suite.ts';

describeCompiler('6', createRequire(import.meta.url).resolve('typescript/bin/tsc'));
