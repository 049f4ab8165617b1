/** Generates a client of a document as users of Hey API do: `node hey-api.mjs <path of the document> <folder>`. */
import { createClient } from '@hey-api/openapi-ts';

const [input, path] = process.argv.slice(2);

await createClient({
  input,
  output: { path, module: { extension: '.js' } },
  logs: { level: 'silent', file: false },
});
