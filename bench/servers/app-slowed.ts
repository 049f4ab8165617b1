/** The server behind a handler that wastes CPU time, which the smoke test must notice. */
import { subscribe } from 'node:diagnostics_channel';

const WASTED_MS = 1;

subscribe('http.server.request.start', () => {
  for (const end = performance.now() + WASTED_MS; performance.now() < end; );
});
await import('./app.ts');
