/** Writes `src/testing/generated/` from the contract. Nothing else writes there. */
import { mkdir, writeFile } from 'node:fs/promises';
import { generatedFiles } from './generated-files.ts';

const target = new URL('src/testing/generated/', import.meta.url);
await mkdir(target, { recursive: true });
for (const [name, text] of Object.entries(generatedFiles())) await writeFile(new URL(name, target), text);
