import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const path = fileURLToPath(new URL('./program.ts', import.meta.url));
const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.NodeNext,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
};

/** What an editor shows of a program that uses the built client. */
export interface Editor {
  /** Errors of the program. */
  errors(): string[];
  /** What hovering the last word before `end` shows. */
  hover(end: string): Hover;
}

export interface Hover {
  readonly signature: string;
  readonly documentation: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

/** Opens a program, as an editor does, in TypeScript's language service. The program exists only in memory. */
export function openInEditor(program: string): Editor {
  const read = (file: string) => (file === path ? program : ts.sys.readFile(file));
  const service = ts.createLanguageService({
    getScriptFileNames: () => [path],
    getScriptVersion: () => '1',
    getScriptSnapshot(file) {
      const text = read(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => fileURLToPath(new URL('.', import.meta.url)),
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => file === path || ts.sys.fileExists(file),
    readFile: read,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  return {
    errors: () =>
      [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)].map(
        ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
      ),
    hover(end) {
      const info = service.getQuickInfoAtPosition(path, program.indexOf(end) + end.length - 1);
      return {
        signature: ts.displayPartsToString(info?.displayParts),
        documentation: ts.displayPartsToString(info?.documentation),
        tags: (info?.tags ?? []).map(({ name, text }) => ({ name, text: ts.displayPartsToString(text) })),
      };
    },
  };
}
