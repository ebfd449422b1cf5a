import ts from 'typescript';

export interface DeclaredName {
  readonly name: string;
  /** The first line is 1. */
  readonly line: number;
}

/**
 * The names that a TypeScript source declares. The keys of object literals are left out: they often belong to somebody
 * else's interface.
 */
export function declaredNames(path: string, source: string): readonly DeclaredName[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  const names: DeclaredName[] = [];
  visit(file);
  return names;

  function visit(node: ts.Node): void {
    const name = ts.isPropertyAssignment(node) ? undefined : (node as ts.NamedDeclaration).name;
    if (name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) {
      const { line } = file.getLineAndCharacterOfPosition(name.getStart(file));
      names.push({ name: name.text, line: line + 1 });
    }
    ts.forEachChild(node, visit);
  }
}
