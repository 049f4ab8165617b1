import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { document } from '@async-chatbot/api-spec';
import { type ProblemCode, problems } from '@async-chatbot/shared/problems';
import express, { type Router } from 'express';
import helmet from 'helmet';

/** The document, its page, and the page of problems. The build puts the files that are served beside the bundle. */
export function docs(): Router {
  const served: ReadonlyArray<readonly [path: string, type: string, text: string]> = [
    ['/openapi.json', 'application/json', JSON.stringify(document)],
    ['/openapi.yaml', 'application/yaml', textOf('@async-chatbot/api-spec/openapi.yaml')],
    ['/docs', 'html', docsPage],
    ['/docs/start.js', 'js', startScript],
    ['/docs/swagger-ui.css', 'css', textOf('swagger-ui-dist/swagger-ui.css')],
    ['/docs/swagger-ui-bundle.js', 'js', textOf('swagger-ui-dist/swagger-ui-bundle.js')],
    ['/problems', 'html', problemPage()],
  ];
  const router = express.Router().use(['/docs', '/problems'], pageHeaders);
  router.get('/', (_req, res) => res.redirect('/docs'));
  for (const [path, type, text] of served) {
    // Made once: Express would copy the text and hash it anew for every request, and one of them has 1.7 MB.
    const bytes = Buffer.from(text);
    const ETag = `"${hash('sha256', bytes, 'base64url')}"`;
    router.get(path, (_req, res) => void res.set({ ETag }).type(type).send(bytes));
  }
  return router;
}

const textOf = (specifier: string): string => readFileSync(fileURLToPath(import.meta.resolve(specifier)), 'utf8');

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

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} – Async Chatbot</title>` +
  `<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/docs/swagger-ui.css">` +
  `<link rel="icon" href="data:,"></head><body class="swagger-ui">${body}</body></html>`;

const docsPage = page(
  'API',
  '<div id="api"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script>',
);

const startScript = `SwaggerUIBundle(${JSON.stringify({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  tryItOutEnabled: true,
  withCredentials: true,
  persistAuthorization: false,
  validatorUrl: null,
})});`;

function problemPage(): string {
  const sections = Object.keys(problems).map(problemSection).join('');
  return page(
    'Problems',
    `<main class="wrapper"><h1>Problems</h1><p>Every failure is answered as application/problem+json. <b>code</b> is one of
    these words; <b>errors</b> names each fault of an invalid request; <b>request_id</b> is what to quote when you report a
    fault. Where there is a <b>Retry-After</b>, wait as many seconds and try again. <a href="/docs">The API</a></p>
    ${sections}</main>`,
  );
}

function problemSection(code: string): string {
  const { status, title, detail } = problems[code as ProblemCode];
  return `<section id="${code}"><h2>${code}</h2><p><b>${status}</b> ${title}. ${detail}</p></section>`;
}
