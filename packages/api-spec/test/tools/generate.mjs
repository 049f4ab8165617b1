/** Generates code from a document as the generators' users do: `node generate.mjs <URL of the document> <folder>`. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from '@kubb/core';
import { pluginOas } from '@kubb/plugin-oas';
import { pluginTs } from '@kubb/plugin-ts';
import { pluginZod } from '@kubb/plugin-zod';
import openapiTS, { astToString } from 'openapi-typescript';
import { generate } from 'orval';

const [url, folder] = process.argv.slice(2);

await writeFile(join(folder, 'openapi-fetch/openapi.ts'), astToString(await openapiTS(new URL(url))));

const strict = { body: true, query: true, param: true };
await generate({
  input: { target: url },
  output: { target: join(folder, 'orval.ts'), client: 'zod', override: { zod: { strict } } },
});

const { error } = await build({
  config: {
    root: folder,
    input: { path: url },
    output: { path: 'kubb', extension: { '.ts': '.ts' } },
    plugins: [pluginOas({ generators: [] }), pluginTs(), pluginZod()],
  },
});
if (error) throw error;

const zodios = join(import.meta.dirname, 'node_modules/openapi-zod-client/bin.js');
const options = ['--output', join(folder, 'openapi-zod-client.ts'), '--export-schemas', '--strict-objects'];
await promisify(execFile)(process.execPath, [zodios, url, ...options]);
