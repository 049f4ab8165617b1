import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { document } from '@async-chatbot/api-spec';
import { type ProblemCode, problems } from '@async-chatbot/shared/problems';
import express, { type Router } from 'express';
import helmet from 'helmet';

/** The document, its page, and the page of problems. The build puts the files that are served beside the bundle. */
export function docs(): Router {
  const json = JSON.stringify(document);
  const yaml = readFileSync(fileOf('@async-chatbot/api-spec/openapi.yaml'), 'utf8');
  const problemPage = page('Problems', `<main>${Object.keys(problems).map(problemSection).join('')}</main>`);

  return express
    .Router()
    .get('/openapi.json', (_req, res) => void res.type('application/json').send(json))
    .get('/openapi.yaml', (_req, res) => void res.type('application/yaml').send(yaml))
    .use(['/docs', '/problems'], pageHeaders)
    .get('/docs', (_req, res) => void res.type('html').send(docsPage))
    .get('/docs/start.js', (_req, res) => void res.type('js').send(startScript))
    .get('/docs/swagger-ui.css', (_req, res) => res.sendFile(fileOf('swagger-ui-dist/swagger-ui.css')))
    .get('/docs/swagger-ui-bundle.js', (_req, res) => res.sendFile(fileOf('swagger-ui-dist/swagger-ui-bundle.js')))
    .get('/problems', (_req, res) => void res.type('html').send(problemPage));
}

const fileOf = (specifier: string): string => fileURLToPath(import.meta.resolve(specifier));

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

function problemSection(code: string): string {
  const { status, title, detail } = problems[code as ProblemCode];
  return `<section id="${code}"><h2>${code}</h2><p><b>${status}</b> ${title}. ${detail}</p></section>`;
}
