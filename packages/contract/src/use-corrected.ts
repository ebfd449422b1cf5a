const packageName = '@partner-ecosystem/openapi';

/** The parts of a project's manifest that select a package. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** What the project's manifest selects as its contract; `undefined` if only other packages depend on the contract. */
export function selectedIn({ dependencies = {}, devDependencies = {} }: Manifest): string | undefined {
  return dependencies[packageName] ?? devDependencies[packageName];
}

/**
 * The entries of a project's manifest that make all packages use the contract in a folder. The override refers to the
 * direct dependency, because npm refuses an override that differs from the direct dependency.
 */
export function selectionOf(manifest: Manifest, folder: string): Manifest {
  const kind = manifest.devDependencies?.[packageName] ? 'devDependencies' : 'dependencies';
  return {
    [kind]: { [packageName]: `file:${folder}` },
    overrides: { [packageName]: `$${packageName}` },
  };
}

/** Returns the manifest with the entries of `selectionOf`. */
export function useCorrected<M extends Manifest>(manifest: M, folder: string): M {
  const parts = Object.entries(selectionOf(manifest, folder)).map(([part, entries]) => [
    part,
    { ...manifest[part as keyof Manifest], ...entries },
  ]);
  return { ...manifest, ...Object.fromEntries(parts) };
}
