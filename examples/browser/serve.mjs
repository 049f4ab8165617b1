/** Serves a folder, and the build of the client under /sdk/: `node serve.mjs [folder] [build]`. */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const own = fileURLToPath(new URL('.', import.meta.url));
const build = fileURLToPath(new URL('../../packages/sdk/dist', import.meta.url));
const [page, sdk] = [process.argv[2] ?? own, process.argv[3] ?? build].map(
  (folder) => `${pathToFileURL(resolve(folder))}/`,
);

const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.mjs': 'text/javascript' };

await access(new URL('index.mjs', sdk)).catch(() => {
  console.error('The client is not built. In the repository, run: npx --yes pnpm --filter @async-chatbot/sdk build');
  process.exit(1);
});

const server = createServer((request, response) => {
  // `new URL` resolves every `..`, so a path cannot leave the folder.
  const { pathname } = new URL(request.url, 'http://localhost');
  const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
  const file = path.startsWith('/sdk/') ? new URL(`.${path.slice('/sdk'.length)}`, sdk) : new URL(`.${path}`, page);
  const type = types[extname(path)];
  if (!type) return void response.writeHead(404).end();
  createReadStream(file)
    .once('error', () => response.writeHead(404).end())
    .once('open', () => response.setHeader('content-type', `${type}; charset=utf-8`))
    .pipe(response);
});

server.listen(process.env.PORT ?? 5173, 'localhost', () => console.log(`http://localhost:${server.address().port}`));
