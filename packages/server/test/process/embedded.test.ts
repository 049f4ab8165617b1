/** The process that `pnpm start` runs, as a new user sees it. */
import { once } from 'node:events';
import { mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CANARY } from '../support/checks/canary.ts';
import { freePort, isGroupAlive, source, start, startNode, temporaryFolder } from '../support/process/program.ts';
import { connect, loggedIn, newCredentials, sendMessage } from '../support/requests/client.ts';
import { modelServer, status } from '../support/servers/model-server.ts';

const startEmbedded = (cwd: string, env: Record<string, string> = {}) =>
  startNode([source('embedded.ts')], { cwd, env: { PORT: '0', ...env } });

const readyUrl = async (program: ReturnType<typeof startEmbedded>): Promise<string> =>
  (await program.prints(/Async Chatbot on (http:\/\/localhost:\d+).*Press Ctrl\+C to stop/s))[1] ?? '';

describe('the embedded server', () => {
  it('prints what it started, and three commands that work in a shell', async () => {
    const cwd = await temporaryFolder();
    const embedded = startEmbedded(cwd);
    await readyUrl(embedded);
    for (const part of ['Cognito emulator', 'dynalite', '/docs', join(cwd, '.data')])
      expect(embedded.output.stdout).toContain(part);

    const lines = embedded.output.stdout.match(/(?<=^ {2})curl .*$/gm) ?? [];
    await writeFile(join(cwd, '.curlrc'), 'silent\nwrite-out = "\\n%{http_code}\\n"\n');
    const shell = start('sh', ['-c', lines.join('\n')], { cwd, env: { CURL_HOME: cwd } });
    const { stdout, stderr } = await shell.ended;
    expect(stderr).toBe('');
    expect(stdout.match(/^\d{3}$/gm)).toEqual(['201', '200', '201']);
    expect(stdout).toContain('Hello! How can I help you today?');
  });

  it('keeps accounts, sessions and messages across a restart', async () => {
    const cwd = await temporaryFolder();
    const first = startEmbedded(cwd);
    const ada = await loggedIn(await readyUrl(first));
    const { user_message } = await sendMessage(ada, `${CANARY} before`);
    first.signal('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });

    const again = connect(await readyUrl(startEmbedded(cwd)));
    for (const [name, value] of ada.jar) again.jar.set(name, value);
    const { body } = await again.call('GET', '/messages');
    expect(body.messages).toContainEqual(user_message);
    expect(await again.call('POST', '/users/login', { json: ada.credentials })).toMatchObject({ status: 200 });
  });

  it('ignores the file of an earlier emulator, and logs that', async () => {
    const cwd = await temporaryFolder();
    const file = join(cwd, '.data/cognito/local_chatbot.json');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '{"Users":{}}');
    const embedded = startEmbedded(cwd);
    const [line] = await embedded.prints(/.*earlier emulator.*/);
    expect(JSON.parse(line)).toMatchObject({ level: 40, file });
  });

  it('BOT=bedrock uses the user’s region and credentials, and the emulators use theirs', async () => {
    const { baseUrl, requests } = await modelServer(status(403));
    const embedded = startEmbedded(await temporaryFolder(), {
      BOT: 'bedrock',
      BOT_MODEL: 'm',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: baseUrl,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'USERKEY',
      AWS_SECRET_ACCESS_KEY: 'canary',
      AWS_SESSION_TOKEN: 'canary',
    });
    const ada = await loggedIn(await readyUrl(embedded));
    expect((await ada.call('POST', '/messages', { json: { content: CANARY } })).body.code).toBe('bot-misconfigured');
    expect(requests[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(/Credential=USERKEY\/\d{8}\/eu-central-1\/bedrock\//),
      'x-amz-security-token': 'canary',
    });
  });

  it('BOT=bedrock without a region is an error that names the variable', async () => {
    const env = { BOT: 'bedrock', BOT_MODEL: 'm', AWS_REGION: '', AWS_CONFIG_FILE: '/dev/null' };
    const { code, stderr } = await startEmbedded(await temporaryFolder(), env).ended;
    expect(code).toBe(78);
    expect(stderr).toContain('AWS_REGION');
  });

  it('requires a code with REGISTRATION=confirm, and prints it', async () => {
    const embedded = startEmbedded(await temporaryFolder(), { REGISTRATION: 'confirm' });
    const { call } = connect(await readyUrl(embedded));
    const credentials = newCredentials();
    const registered = { ...credentials, password: 'canary-other-1' };
    expect(await call('POST', '/users/register', { json: registered })).toMatchObject({ status: 202 });
    const [, code] = await embedded.prints(
      new RegExp(`Email to ${credentials.email}: the code to confirm the address is (\\d{6})`),
    );
    expect(await call('POST', '/users/confirm', { json: { ...credentials, code } })).toMatchObject({ status: 200 });
    expect(await call('POST', '/users/login', { json: credentials })).toMatchObject({ status: 200 });
  });

  it('reads its settings from .env', async () => {
    const cwd = await temporaryFolder();
    const port = await freePort();
    await writeFile(join(cwd, '.env'), `PORT=${port}\nDATA_DIR=elsewhere\nAWS_ACCESS_KEY_ID=\n`);
    const embedded = startNode([source('embedded.ts')], { cwd });
    expect(await readyUrl(embedded)).toBe(`http://localhost:${port}`);
    expect((await readdir(cwd)).toSorted()).toEqual(['.env', 'elsewhere']);
  });

  it.skipIf(process.platform !== 'linux')('listens only on the loopback interface, whatever HOST is', async () => {
    const embedded = startEmbedded(await temporaryFolder(), { HOST: '0.0.0.0' });
    await readyUrl(embedded);
    // The server and two emulators.
    expect(await listeningAddresses(embedded.id)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
  });
});

describe('the embedded server, on shutdown,', () => {
  it('exits on Ctrl+C with every process it started', async () => {
    const embedded = startEmbedded(await temporaryFolder());
    const url = await readyUrl(embedded);
    embedded.signal('SIGINT', { toGroup: true });
    expect(await embedded.ended).toMatchObject({ code: 0, stderr: '' });
    expect(isGroupAlive(embedded.id)).toBe(false);
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
  });
});

/** Stands for npx or pnpm: it starts a program, and forwards no signals. */
async function launcher(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '#!/bin/sh\n"$@"\nexit $?\n', { mode: 0o755 });
  return path;
}

describe.skipIf(process.platform === 'win32')('the embedded server, started by npx and pnpm,', () => {
  async function launched(env: Record<string, string>) {
    const folder = await temporaryFolder();
    const [npx, pnpm] = [await launcher(folder, 'npx'), await launcher(folder, 'pnpm')];
    const program = start(npx, [pnpm, process.execPath, source('embedded.ts')], {
      cwd: folder,
      env: { PORT: '0', ...env },
    });
    const url = await readyUrl(program);
    const { stdout } = await start('ps', ['-eo', 'pid=,ppid=']).ended;
    const child = stdout.match(new RegExp(`(\\d+) +${program.id}$`, 'm'))?.[1];
    return { program, url, ids: { npx: program.id, pnpm: Number(child) } };
  }

  it.each([
    ['npx', 'SIGKILL'],
    ['npx', 'SIGTERM'],
    ['pnpm', 'SIGKILL'],
    ['pnpm', 'SIGTERM'],
  ] as const)('ends and frees its port after %s alone gets %s (C21)', async (name, signal) => {
    const { program, url, ids } = await launched({ npm_lifecycle_event: 'start' });
    process.kill(ids[name], signal);
    await vi.waitFor(() => expect(isGroupAlive(program.id)).toBe(false), { timeout: 15_000 });
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
  });

  it('keeps running without its parent if it was started directly', async () => {
    const { program, url, ids } = await launched({});
    process.kill(ids.pnpm, 'SIGKILL');
    await sleep(3000);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    program.signal('SIGKILL', { toGroup: true });
    // Until the system has collected the orphan.
    await vi.waitFor(() => expect(isGroupAlive(program.id)).toBe(false), { timeout: 15_000 });
  });
});

describe.skipIf(process.platform === 'win32')('the embedded server, if it cannot write (C21),', () => {
  /** Files cannot become larger than this many blocks of 512 bytes, which fails like a full disk. */
  const startLimited = (cwd: string, blocks: number) =>
    start('sh', ['-c', `ulimit -f ${blocks}; exec "$0" "$1"`, process.execPath, source('embedded.ts')], {
      cwd,
      env: { PORT: '0' },
    });
  const plainly = (cwd: string) =>
    `Cannot write to ${join(cwd, '.data')}: file too large.\nFree disk space or make the folder writable, or set DATA_DIR to another ` +
    'folder. Then start again: no stored data is lost.\n';

  it('a message, exits with a plain message, and keeps what it acknowledged', async () => {
    const cwd = await temporaryFolder();
    const limited = startLimited(cwd, 200);
    const ada = await loggedIn(await readyUrl(limited));
    const acknowledged: string[] = [];
    for (let n = 0; n < 200; n += 1) {
      const json = { content: CANARY.repeat(7000 / CANARY.length) };
      const response = await ada.call('POST', '/messages', { json }).catch(() => undefined);
      if (response?.status !== 201) break;
      acknowledged.push(response.body.user_message.id_message);
    }
    const { code, stdout, stderr } = await limited.ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: plainly(cwd) });
    expect(stdout).not.toContain('uncaught error');

    const again = connect(await readyUrl(startEmbedded(cwd)));
    for (const [name, value] of ada.jar) again.jar.set(name, value);
    const { status, body } = await again.call('GET', '/messages?limit=100');
    expect(status).toBe(200);
    const listed = body.messages.map(({ id_message }: { id_message: string }) => id_message);
    expect(acknowledged.length).toBeGreaterThan(3);
    expect(acknowledged.filter((id) => !listed.includes(id))).toEqual([]);
    expect((await again.call('POST', '/messages', { json: { content: CANARY } })).status).toBe(201);
  });

  it('an account, exits with a plain message, and keeps those it acknowledged', async () => {
    const cwd = await temporaryFolder();
    const limited = startLimited(cwd, 8);
    const { call } = connect(await readyUrl(limited));
    const acknowledged: ReturnType<typeof newCredentials>[] = [];
    for (let n = 0; n < 100; n += 1) {
      const json = newCredentials();
      const response = await call('POST', '/users/register', { json }).catch(() => undefined);
      if (response?.status !== 201) break;
      acknowledged.push(json);
    }
    expect(await limited.ended).toMatchObject({ code: 1, stderr: plainly(cwd) });

    const again = connect(await readyUrl(startEmbedded(cwd)));
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const json of acknowledged) expect((await again.call('POST', '/users/login', { json })).status).toBe(200);
  });

  it('at all, exits with 1 and a plain message', async () => {
    const cwd = await temporaryFolder();
    const { code, stderr } = await startLimited(cwd, 0).ended;
    expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 1, lines: 3 });
    expect(stderr).toContain(`Cannot write to ${join(cwd, '.data')}: `);
  });
});

describe('the embedded server, if it cannot start,', () => {
  it('exits with 1 and names the port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const PORT = String((other.address() as { port: number }).port);
    const { code, stderr } = await startEmbedded(await temporaryFolder(), { PORT }).ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: `Port ${PORT} is already in use. Set PORT to a free port.\n` });
  });

  it('exits with 78 in production', async () => {
    const { code, stderr } = await startEmbedded(await temporaryFolder(), { ENV: 'production' }).ended;
    expect({ code, stderr }).toEqual({ code: 78, stderr: expect.stringContaining('ENV: must not be production') });
  });

  it('exits with 78 if another server uses the data folder, which keeps running', async () => {
    const cwd = await temporaryFolder();
    const url = await readyUrl(startEmbedded(cwd));
    const { code, stderr } = await startEmbedded(cwd).ended;
    expect({ code, stderr }).toEqual({ code: 78, stderr: expect.stringMatching(/DATA_DIR: \S+ is in use/) });
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('can use the data folder of a killed server', async () => {
    const cwd = await temporaryFolder();
    const killed = startEmbedded(cwd);
    const ada = await loggedIn(await readyUrl(killed));
    killed.signal('SIGKILL');
    await killed.ended;

    const again = connect(await readyUrl(startEmbedded(cwd)));
    expect(await again.call('POST', '/users/login', { json: ada.credentials })).toMatchObject({ status: 200 });
  });
});

/** The addresses on which a process listens, from /proc: IPv4 in reverse hexadecimal, IPv6 in 32 digits. */
async function listeningAddresses(id: number): Promise<string[]> {
  const files = await readdir(`/proc/${id}/fd`);
  const links = await Promise.all(files.map((file) => readlink(`/proc/${id}/fd/${file}`).catch(() => '')));
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${id}/net/${name}`, 'utf8')));
  return tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && links.includes(`socket:[${inode}]`))
    .map(([, address = '']) => address.split(':')[0] ?? '')
    .map((hex) => (hex.length > 8 ? hex : Buffer.from(hex, 'hex').reverse().join('.')));
}
