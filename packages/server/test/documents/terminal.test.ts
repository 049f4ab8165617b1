/** Records docs/terminal.svg, the picture of the README: `pnpm exec vitest run test/documents/terminal.test.ts -u`. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { freePort, source, startNode, temporaryFolder } from '../support/process/program.ts';
import { terminalSvg } from '../support/terminal/terminal-svg.ts';

const PICTURE = join(import.meta.dirname, '../../../../docs/terminal.svg');
const API = 'http://localhost:8000';
const AFTER_EACH = '---- the next command';

/** A command may continue on further lines; those that begin with # are comments. */
const SESSION = [
  `api=${API}; json='Content-Type: application/json'`,
  `user='{"email":"newuser@example.com","password":"Password123"}'`,
  `curl $api/users/register -H "$json" -d "$user"`,
  `curl $api/users/login -H "$json" -d "$user" -c cookies.txt`,
  `curl -sN $api/messages -b cookies.txt -H "$json" -H 'Accept: text/event-stream' \\
    -d '{"content":"Hello!"}' | grep '"delta"'`,
  `# Did the connection break after "Hello! How"? Continue from there, on any server.`,
  `reply=$(curl -s "$api/messages?limit=1" -b cookies.txt | grep -o '[0-9a-f-]\\{36\\}' | head -1)`,
  `curl -sN $api/messages/$reply/events -b cookies.txt -H 'Last-Event-ID: 1-10' | grep '"delta"'`,
];

it('shows what a new user sees', async () => {
  const cwd = await temporaryFolder();
  const port = `${await freePort()}`;
  const server = startNode([source('embedded.ts')], { cwd, env: { PORT: port } });
  const [greeting] = await server.prints(/^Async Chatbot on .*(?:\n {2}.*)+/m);

  const script = SESSION.map((command) => `${command}\necho; echo '${AFTER_EACH}'`).join('\n');
  const local = (text: string) => text.replaceAll(API, `http://localhost:${port}`);
  const { stdout } = await promisify(execFile)('sh', ['-c', local(script)], { cwd });
  const printed = stdout.split(`${AFTER_EACH}\n`).map((output) => output.trim());

  const shown = (text: string) =>
    text.replaceAll(`localhost:${port}`, 'localhost:8000').replaceAll(cwd, '/home/ada/async-chatbot');
  const lines = ['$ npx --yes pnpm start', ...shown(greeting).split('\n'), ''];
  for (const [index, command] of SESSION.entries()) {
    const prompt = command.startsWith('#') ? '' : '$ ';
    lines.push(
      ...`${prompt}${command}`.split('\n'),
      ...shown(printed[index] ?? '')
        .split('\n')
        .filter(Boolean),
    );
  }
  await expect(terminalSvg('Register, log in, stream a reply, and resume it', lines)).toMatchFileSnapshot(PICTURE);
});
