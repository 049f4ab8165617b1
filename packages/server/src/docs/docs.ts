import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { CookieConfig } from '@async-chatbot/core/http/session-cookie';
import express, { type Request, type Router } from 'express';
import { loopbackUrl } from '../config/loopback-url.ts';
import { page } from './page.ts';
import { pageHeaders } from './page-headers.ts';
import { servedDocument } from './served-document.ts';

interface DocsOptions {
  /** The URL by which clients reach the server, if configured; without a trailing slash. */
  publicUrl?: string | undefined;
  cookies: CookieConfig;
}

type Served = readonly [
  path: string,
  type: string,
  load: () => Promise<string>,
  /** Adapts the text to the request. */
  render?: (text: string, req: Request) => string,
];

/** Serves the OpenAPI document, its page and the problems page. The build copies the served files next to the bundle. */
export function docs({ publicUrl, cookies }: DocsOptions): Router {
  const located = (text: string, req: Request) => servedDocument(text, { url: publicUrl ?? loopbackUrl(req), cookies });
  const files: Served[] = [
    ['/openapi.json', 'application/json', jsonDocument, located],
    ['/openapi.yaml', 'application/yaml', () => textOf('@async-chatbot/api-spec/openapi.yaml'), located],
    ['/postman.json', 'application/json', () => textOf('@async-chatbot/api-spec/postman.json'), located],
    ['/docs', 'html', apiPage],
    ['/docs/page.css', 'css', () => textOf('@async-chatbot/server/pages/page.css')],
    ['/docs/api.css', 'css', () => textOf('@async-chatbot/server/pages/api.css')],
    ['/docs/start.js', 'js', () => textOf('@async-chatbot/server/pages/start.js')],
    ['/docs/swagger-ui.css', 'css', () => textOf('swagger-ui-dist/swagger-ui.css')],
    ['/docs/swagger-ui-bundle.js', 'js', () => textOf('swagger-ui-dist/swagger-ui-bundle.js')],
    ['/problems', 'html', problemPage],
  ];
  const router = express.Router().use(['/docs', '/problems'], pageHeaders);
  // Relative, like every link on the pages, since the server may be reached under a path.
  router.get('/', (_req, res) => res.redirect('docs'));
  for (const [path, type, load, render] of files) {
    // Loaded on the first request, to keep startup fast.
    let loaded: Promise<string> | undefined;
    // One of the texts is 1.7 MB, and Express would copy and hash it for every request. Only the last is cached, since a
    // client may choose among many loopback addresses.
    let last: ReturnType<typeof toBody> | undefined;
    router.get(path, async (req, res) => {
      if (type === 'html' && req.path.endsWith('/')) return res.redirect(`..${path}`);
      loaded ??= load();
      const text = await loaded;
      const rendered = render ? render(text, req) : text;
      if (last?.text !== rendered) last = toBody(rendered);
      const { bytes, ETag } = last;
      if (render && !publicUrl) res.vary('Host');
      res.set({ ETag }).type(type).send(bytes);
    });
  }
  return router;
}

function toBody(text: string) {
  const bytes = Buffer.from(text);
  return { text, bytes, ETag: `"${hash('sha256', bytes, 'base64url')}"` };
}

/** Imported on the first request, since the document grows with the number of operations. */
const jsonDocument = async (): Promise<string> => JSON.stringify((await import('@async-chatbot/api-spec')).document);

const textOf = (specifier: string): Promise<string> => readFile(fileURLToPath(import.meta.resolve(specifier)), 'utf8');

const apiPage = async (): Promise<string> =>
  page({
    title: 'API',
    path: 'docs',
    head: `<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="stylesheet" href="docs/api.css">
<script defer src="docs/swagger-ui-bundle.js"></script>
<script defer src="docs/start.js"></script>`,
    body: `<div id="api"></div>
<noscript>This page requires JavaScript; <a href="openapi.yaml">the OpenAPI document</a> does not.</noscript>`,
  });

async function problemPage(): Promise<string> {
  const { problemSections } = await import('./problem-sections.ts');
  const markdown = await textOf('@async-chatbot/docs/problems.md');
  return page({ title: 'Problems', path: 'problems', body: `<article>${problemSections(markdown)}</article>` });
}
