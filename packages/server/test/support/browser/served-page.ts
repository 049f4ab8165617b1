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
/** Where the examples say that the API is. */
const PUBLISHED = 'http://localhost:8000';

/** The page of a folder in a browser, served by `serve.mjs`, and the API it calls, whose bot says what the test says. */
export async function servedPage(folder: string) {
  const { bot, nth } = scriptedBot();
  const port = `${await freePort()}`;
  const origin = `http://localhost:${port}`;
  const deps = testDeps({}, { bot, timings: { generation: QUICK, streamMs: 60_000 } });
  // Cookies go from one port of a host to another, and not from `localhost` to `127.0.0.1`.
  const baseUrl = (await startServer(deps, { corsOrigins: [origin] })).replace('127.0.0.1', 'localhost');
  const program = startNode([SERVE, await pageFor(baseUrl, folder), await buildSdk()], { env: { PORT: port } });
  await program.prints(new RegExp(`${origin}\n`));
  return { baseUrl, nth, ...(await openPage(origin)) };
}

/** A copy of the folder whose page calls this API. */
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

/** A page of this origin; `faults` are the errors that nobody caught in it. */
export async function openPage(origin: string) {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  await page.goto(origin);
  return { page, pageErrors };
}
