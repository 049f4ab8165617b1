import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

interface Change {
  path: string;
  kind: string;
  typeName: string;
  verdicts: { ruleId: string; impact: string; message: string; location: { pointer: string } }[];
  base?: { value?: unknown };
}
interface Report {
  changes: Change[];
}

/** The breaking changes from a base to a revision of the contract, one line each. */
export async function breakingChanges(basePath: string, revisionPath: string): Promise<string[]> {
  const { changes } = await diff(basePath, revisionPath);
  return changes.flatMap((change) => breakingMessages(change).map((message) => `${change.path}: ${message}`));
}

async function diff(basePath: string, revisionPath: string): Promise<Report> {
  const redocly = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
  const config = fileURLToPath(new URL('../redocly.yaml', import.meta.url));
  const args = [redocly, 'diff', basePath, revisionPath, '--config', config, '--format', 'json', '--fail-on', 'none'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Report;
}

function breakingMessages(change: Change): string[] {
  if (requiresNewLogin(change)) return ['The operation now requires authentication.'];
  return change.verdicts
    .filter((verdict) => verdict.impact === 'major' && !addsProblemCode(verdict))
    .map(({ message }) => message);
}

/** Redocly reports the removal of `security: []` as a patch, but the operation then requires authentication. */
const requiresNewLogin = ({ typeName, kind, base }: Change) =>
  typeName === 'SecurityRequirementList' && kind === 'removed' && JSON.stringify(base?.value) === '[]';

/** The contract allows new problem codes, so they are not breaking. */
const addsProblemCode = ({ ruleId, location }: Change['verdicts'][number]) =>
  ruleId === 'enum-values-added' && location.pointer === '#/components/schemas/ProblemCode/enum';
