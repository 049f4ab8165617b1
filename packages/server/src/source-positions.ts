import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Makes stack traces of a bundle show positions in the sources. Reads the source maps when the first stack trace is read; Node's
 * `--enable-source-maps` reads them at start.
 */
export function nameSources(bundle: string): void {
  if (!existsSync(mapFile(bundle))) return;
  const maps = new Map<string, SourceMap | undefined>();

  const mapOf = (file: string): SourceMap | undefined => {
    if (!maps.has(file)) maps.set(file, existsSync(mapFile(file)) ? readMap(file) : undefined);
    return maps.get(file);
  };

  Error.prepareStackTrace = (error, sites) =>
    [String(error), ...sites.map((site) => `    at ${inSources(site)}`)].join('\n');

  function inSources(site: NodeJS.CallSite): string {
    const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
    const frame = String(site);
    if (!file?.startsWith('file:') || line === null || column === null) return frame;
    const origin = mapOf(file)?.findOrigin(line, column);
    // Packages have no map.
    if (!origin || !('fileName' in origin) || !origin.fileName.endsWith('.ts')) return frame;
    return frame.replace(`${file}:${line}:${column}`, positionIn(origin, file));
  }
}

const mapFile = (file: string): string => `${fileURLToPath(file)}.map`;

const readMap = (file: string): SourceMap => new SourceMap(JSON.parse(readFileSync(mapFile(file), 'utf8')));

const positionIn = (
  { fileName, lineNumber, columnNumber }: { fileName: string; lineNumber: number; columnNumber: number },
  file: string,
): string => `${fileURLToPath(new URL(fileName, file))}:${lineNumber}:${columnNumber}`;
