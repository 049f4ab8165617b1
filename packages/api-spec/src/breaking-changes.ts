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

/** What a revision of the contract takes back from its base, one line each. */
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
  if (requiresNewLogin(change)) return ['A login became required.'];
  return change.verdicts
    .filter((verdict) => verdict.impact === 'major' && !addsProblemCode(verdict))
    .map(({ message }) => message);
}

/** Redocly calls it a patch when `security: []` goes, though what was open to all then asks for a login. */
const requiresNewLogin = ({ typeName, kind, base }: Change) =>
  typeName === 'SecurityRequirementList' && kind === 'removed' && JSON.stringify(base?.value) === '[]';

/** The contract says that problem codes may be added, so a new one breaks no promise. */
const addsProblemCode = ({ ruleId, location }: Change['verdicts'][number]) =>
  ruleId === 'enum-values-added' && location.pointer === '#/components/schemas/ProblemCode/enum';
