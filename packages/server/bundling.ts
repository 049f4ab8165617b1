/** What esbuild cannot leave out of the bundle by itself. */
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { Plugin } from 'esbuild';

/** Reading one of these exports of `node:http` loads Node's own undici, which takes 30 ms and 13 MB. */
const OF_UNDICI: readonly string[] = ['CloseEvent', 'MessageEvent', 'WebSocket'];

/** Loads `node:http` with `require`, since an `import` reads every export. */
export const withoutUndici = (): Plugin => ({
  name: 'without-undici',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'require-call' ? undefined : { path: 'node:http', namespace: 'required' },
    );
    onLoad({ filter: /./, namespace: 'required' }, () => ({
      contents: `const http = require('node:http');
        export default http;
        export const { ${Object.keys(http).filter((name) => !OF_UNDICI.includes(name))} } = http;`,
    }));
  },
});

/** Leaves the tables of iconv-lite out: half a megabyte that body-parser loads with the first body, though all are UTF-8. */
export const withoutCharsets = (): Plugin => ({
  name: 'without-charsets',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]iconv-lite[\\/]encodings[\\/]index\.js$/ }, () => ({
      contents: "module.exports = require('./internal');",
    }));
  },
});

/** Leaves out debug's color detection, which creates standard input and output at start. */
export const withoutColors = (): Plugin => ({
  name: 'without-colors',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]supports-color[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
  },
});

/**
 * Of undici, loads only what the DynamoDB client uses, which imports it dynamically: the rest takes 14 MB. Its proxy agent is
 * evaluated on first use.
 */
export const withPartOfUndici = (): Plugin => ({
  name: 'with-part-of-undici',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^undici$/ }, ({ kind, resolveDir }) =>
      kind === 'dynamic-import' ? { path: 'undici', namespace: 'part', pluginData: resolveDir } : undefined,
    );
    onLoad({ filter: /^undici$/, namespace: 'part' }, ({ pluginData: resolveDir }) => ({
      resolveDir,
      contents: `module.exports = {
        Pool: require('undici/lib/dispatcher/pool.js'),
        get EnvHttpProxyAgent() { return require('undici/lib/dispatcher/env-http-proxy-agent.js'); },
      };`,
    }));
  },
});

/** Express reads the properties of a media type from mime-db, which takes 10 ms to load; the server sends only these. */
const MEDIA_TYPES = ['application/json', 'application/yaml', 'text/css', 'text/html', 'text/javascript', 'text/plain'];

export const withOwnMediaTypes = (): Plugin => ({
  name: 'with-own-media-types',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]mime-db[\\/]db\.json$/ }, async ({ path }) => {
      const all: Record<string, object> = JSON.parse(await readFile(path, 'utf8'));
      const own = Object.entries(all).filter(([name]) => MEDIA_TYPES.includes(name));
      return { contents: JSON.stringify(Object.fromEntries(own)), loader: 'json' };
    });
  },
});
