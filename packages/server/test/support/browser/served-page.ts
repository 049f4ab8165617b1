import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { scriptedBot } from '../../../../core/test/support/scripted-bot.ts';
import { freePort, startNode, temporaryFolder } from '../process/program.ts';
import { buildSdk } from '../sdk/sdk-build.ts';
import { startServer, testDeps } from '../servers/server.ts';
import { QUICK } from '../servers/turn-server.ts';
import { launchChromium } from './chromium.ts';

export const EXAMPLES = join(import.meta.dirname, '../../../../../examples');
const SERVE = join(EXAMPLES, 'browser/serve.mjs');
/** The API's URL in the examples. */
const PUBLISHED = 'http://localhost:8000';

/** Opens a folder's page in a browser, served by `serve.mjs`, with an API whose bot is scripted. */
export async function servedPage(folder: string) {
  const { bot, nth } = scriptedBot();
  const port = `${await freePort()}`;
  const origin = `http://localhost:${port}`;
  const deps = testDeps({}, { bot, timings: { generation: QUICK, streamMs: 60_000 } });
  // Cookies are shared across the ports of a host, but not between `localhost` and `127.0.0.1`.
  const baseUrl = (await startServer(deps, { corsOrigins: [origin] })).replace('127.0.0.1', 'localhost');
  const program = startNode([SERVE, await pageFor(baseUrl, folder), await buildSdk()], { env: { PORT: port } });
  await program.prints(new RegExp(`${origin}\n`));
  return { baseUrl, nth, ...(await openPage(origin)) };
}

/** Copies the folder, with a page that calls this API. */
async function pageFor(baseUrl: string, folder: string): Promise<string> {
  const copy = await temporaryFolder();
  await cp(folder, copy, { recursive: true });
  for (const name of await readdir(copy, { recursive: true })) {
    if (!/\.(js|html)$/.test(name)) continue;
    const text = await readFile(join(copy, name), 'utf8');
    await writeFile(join(copy, name), text.replaceAll(PUBLISHED, baseUrl));
  }
  return copy;
}

/** Opens a page of this origin; `pageErrors` are its uncaught errors. */
export async function openPage(origin: string) {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  await page.goto(origin);
  return { page, pageErrors };
}
