import { dirname, join } from 'node:path/posix';
import ts from 'typescript';

/** For each file or folder, the files or folders that it imports. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** The relative imports between the given files, type imports included. */
export function fileGraph(paths: readonly string[], read: (path: string) => string): ImportGraph {
  const known = new Set(paths);
  return new Map(
    paths.map((path) => {
      const imports = ts.preProcessFile(read(path)).importedFiles.map(({ fileName }) => fileName);
      const relative = imports.filter((name) => name.startsWith('.'));
      return [path, new Set(relative.map((name) => join(dirname(path), name)).filter((to) => known.has(to)))];
    }),
  );
}

/** The imports between folders. A folder and its parent are two folders. */
export function folderGraph(files: ImportGraph): ImportGraph {
  const folders = new Map<string, Set<string>>();
  for (const [path, imports] of files) {
    const folder = dirname(path);
    const targets = folders.get(folder) ?? new Set();
    folders.set(folder, targets);
    for (const to of imports) if (dirname(to) !== folder) targets.add(dirname(to));
  }
  return folders;
}

/** One circle of imports as the names on it, such as `a → b → a`, or `undefined` if there is none. */
export function findCircle(graph: ImportGraph): string | undefined {
  const finished = new Set<string>();
  for (const start of graph.keys()) {
    const circle = visit(start, []);
    if (circle) return circle.join(' → ');
  }
  return undefined;

  function visit(node: string, way: readonly string[]): readonly string[] | undefined {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (finished.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...way, node]);
      if (circle) return circle;
    }
    finished.add(node);
    return undefined;
  }
}
