/** `pnpm generate`: writes `generated/` from `openapi.yaml`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { generatedFiles } from './generated-files.ts';

const target = new URL('../generated/', import.meta.url);
await mkdir(target, { recursive: true });
for (const [name, text] of Object.entries(await generatedFiles())) await writeFile(new URL(name, target), text);
