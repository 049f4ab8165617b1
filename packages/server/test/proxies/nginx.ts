import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { freePort, temporaryFolder } from '../support/process/program.ts';

/** The executable, which Debian installs outside of most users' PATH. */
export const nginx = ['nginx', '/usr/sbin/nginx'].find((path) => {
  try {
    execFileSync(path, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

/** Starts nginx in front of an API until the test ends, with Debian's defaults except for gzip of all responses. */
export const nginxInFrontOf = (upstream: string, path = '/'): Promise<string> =>
  startNginx(`location ${path} { proxy_pass ${upstream}; proxy_set_header Host $http_host; }`);

/** Starts nginx in front of several servers, with connections that stay open, as docs/deploy.md recommends. */
export const nginxBalancing = (ports: readonly number[]): Promise<string> =>
  startNginx(
    `location / {
      proxy_pass http://chatbot;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
    }`,
    `upstream chatbot {
    ${ports.map((port) => `server 127.0.0.1:${port} max_fails=0;`).join('\n    ')}
    keepalive 32;
  }`,
  );

async function startNginx(location: string, upstream = ''): Promise<string> {
  const [folder, port] = await Promise.all([temporaryFolder(), freePort()]);
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration({ upstream, location, port, folder }));
  const child = spawn(nginx ?? '', ['-p', folder, '-c', file, '-e', 'stderr'], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text) => (errors += text));
  onTestFinished(async () => {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
  });
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`nginx exited: ${errors}`);
      await fetch(url);
    },
    { timeout: 10_000 },
  );
  return url;
}

interface Setting {
  upstream: string;
  location: string;
  port: number;
  folder: string;
}

/** Everything else is nginx's default, such as HTTP/1.0 to the upstream, unless `location` changes it, and buffered responses. */
const configuration = ({ upstream, location, port, folder }: Setting): string => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  gzip on;
  gzip_min_length 1;
  gzip_types application/json application/problem+json application/x-ndjson text/event-stream;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  ${upstream}
  server {
    listen 127.0.0.1:${port};
    ${location}
  }
}
`;
