import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { document } from '@async-chatbot/api-spec';
import express, { type Router } from 'express';
import helmet from 'helmet';
import { page } from './page.ts';

/** The document, its page, and the page of problems. The build puts the files that are served beside the bundle. */
export function docs(): Router {
  const served: ReadonlyArray<readonly [path: string, type: string, make: () => Promise<string>]> = [
    ['/openapi.json', 'application/json', async () => JSON.stringify(document)],
    ['/openapi.yaml', 'application/yaml', () => textOf('@async-chatbot/api-spec/openapi.yaml')],
    ['/docs', 'html', apiPage],
    ['/docs/page.css', 'css', () => textOf('@async-chatbot/server/pages/page.css')],
    ['/docs/api.css', 'css', () => textOf('@async-chatbot/server/pages/api.css')],
    ['/docs/start.js', 'js', () => textOf('@async-chatbot/server/pages/start.js')],
    ['/docs/swagger-ui.css', 'css', () => textOf('swagger-ui-dist/swagger-ui.css')],
    ['/docs/swagger-ui-bundle.js', 'js', () => textOf('swagger-ui-dist/swagger-ui-bundle.js')],
    ['/problems', 'html', problemPage],
  ];
  const router = express.Router().use(['/docs', '/problems'], pageHeaders);
  router.get('/', (_req, res) => res.redirect('/docs'));
  for (const [path, type, make] of served) {
    // Made once: Express would copy the text and hash it anew for every request, and one of them has 1.7 MB. Made when
    // somebody first asks: no start waits for it.
    let made: Promise<ReturnType<typeof toBody>> | undefined;
    router.get(path, async (_req, res) => {
      made ??= make().then(toBody);
      const { bytes, ETag } = await made;
      res.set({ ETag }).type(type).send(bytes);
    });
  }
  return router;
}

function toBody(text: string) {
  const bytes = Buffer.from(text);
  return { bytes, ETag: `"${hash('sha256', bytes, 'base64url')}"` };
}

const textOf = (specifier: string): Promise<string> => readFile(fileURLToPath(import.meta.resolve(specifier)), 'utf8');

/** Swagger UI needs no more than this: no inline script or style, nothing from elsewhere. */
const pageHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
});

const apiPage = async (): Promise<string> =>
  page('/docs', {
    title: 'API',
    head: `<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/api.css">
<script defer src="/docs/swagger-ui-bundle.js"></script>
<script defer src="/docs/start.js"></script>`,
    body: `<div id="api"></div>
<noscript>The operations are shown by a script; <a href="/openapi.yaml">the document</a> needs none.</noscript>`,
  });

async function problemPage(): Promise<string> {
  const { problemSections } = await import('./problem-sections.ts');
  const words = await textOf('@async-chatbot/docs/problems.md');
  return page('/problems', { title: 'Problems', body: `<article>${problemSections(words)}</article>` });
}
