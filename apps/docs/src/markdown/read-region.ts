/** Reads a file by its path from the root of the repository. Rejects if the file does not exist. */
export type ReadFile = (path: string) => Promise<string>;

/**
 * Reads `path#name`, or a whole file by its path. Lines that mark regions are left out.
 *
 * @throws Error if the file has no such region, or the region has no end.
 */
export async function readRegion(reference: string, readFile: ReadFile): Promise<string> {
  const [path = '', name] = reference.split('#');
  const file = await readFile(path);
  return trimIndent(name === undefined ? file : regionOf(file, name));
}

function regionOf(file: string, name: string): string {
  const lines = file.split('\n');
  const start = lines.findIndex((line) => marker.exec(line)?.[1] === name);
  if (start < 0) throw new Error(`the file has no region "${name}".`);
  let depth = 1;
  for (let end = start + 1; end < lines.length; end += 1) {
    const found = marker.exec(lines[end] ?? '');
    if (found) depth += found[1] === undefined ? -1 : 1;
    if (depth === 0) return lines.slice(start + 1, end).join('\n');
  }
  throw new Error(`the region "${name}" has no end. Add a line "#endregion ${name}" to the file.`);
}

/** A line that begins a region, with its name, or ends the innermost region. */
const marker = /^\s*(?:\/\/|#|<!--)\s*#(?:region (\S+)|endregion\b)/;

function trimIndent(code: string): string {
  const lines = code.split('\n').filter((line) => !marker.test(line));
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return lines
    .map((line) => line.slice(indent).trimEnd())
    .join('\n')
    .replaceAll(/^\n+|\n+$/g, '');
}
