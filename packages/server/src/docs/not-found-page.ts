import { Problem } from '@async-chatbot/shared/problem';
import type { Request, RequestHandler, Response } from 'express';
import { page } from './page.ts';
import { pageHeaders } from './page-headers.ts';

/** A page for browsers, a problem for other clients. */
export const notFound: RequestHandler = (req, res, next) => {
  const problem = new Problem('not-found');
  if (!prefersPage(req)) return next(problem);
  res.locals.problem = problem;
  sendNotFoundPage(req, res);
};

/** Whether the client is a browser that navigates. Other clients accept anything or JSON. */
const prefersPage = (req: Request): boolean =>
  req.accepts('application/problem+json', 'application/json', 'text/html') === 'text/html';

function sendNotFoundPage(req: Request, res: Response): void {
  pageHeaders(req, res, () => {
    const html = notFoundPage(rootFrom(req.path));
    res
      .status(404)
      .type('html')
      .set({ 'Cache-Control': 'no-store', 'Content-Length': `${Buffer.byteLength(html)}` });
    res.end(html);
  });
}

/** No page is this deep. Without a limit, the response to a path of slashes would be many times its size. */
const MAX_DEPTH = 20;

const rootFrom = (path: string): string => '../'.repeat(path.split('/').slice(2, MAX_DEPTH + 2).length);

const notFoundPage = (root: string): string =>
  page({
    title: 'Not found',
    root,
    body: `<article>
<h1>Page not found</h1>
<p>This server hosts an API. It has no page at this address, but it has these:</p>
<ul>
<li><a href="${root}docs">API</a>: every operation, with a form to try it</li>
<li><a href="${root}problems">Problems</a>: every error code, and what to do about it</li>
</ul>
</article>`,
  });
