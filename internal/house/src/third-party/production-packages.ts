/** The part of a package-lock.json that is read here. */
export interface LockFile {
  readonly packages: { readonly [path: string]: LockedPackage };
}

interface LockedPackage {
  /** Only workspaces have a name here. The path of another package ends with its name. */
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  /** The path of a workspace, for its entry in `node_modules`. */
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
}

/** A package that an installation of one of our packages brings along. */
export interface ProductionPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, or `undefined` if the package states none. */
  readonly license: string | undefined;
  /** Subresource integrity of the tarball. Our own packages have none before they are published. */
  readonly integrity: string | undefined;
  /** Names and versions of what the package itself depends on, such as `hono@4.13.19`. */
  readonly dependsOn: readonly string[];
}

/**
 * Returns a workspace and everything that it needs in production, sorted by name. Optional peers are left out,
 * because the users of the workspace choose them.
 *
 * @throws Error if the lock file lacks a dependency.
 */
export function productionPackages({ packages }: LockFile, workspace: string): readonly ProductionPackage[] {
  const found = new Map<string, ProductionPackage>();
  visit(workspace);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

  function visit(path: string): string {
    const locked = packages[path];
    if (!locked?.version) throw new Error(`package-lock.json has no ${path}. Run npm install.`);
    const name = nameOf(path);
    const id = `${name}@${locked.version}`;
    if (found.has(path)) return id;
    const { version, license, integrity, dependencies, optionalDependencies } = locked;
    const entry = { name, version, license, integrity, dependsOn: [] as string[] };
    found.set(path, entry);
    const needed = Object.keys({ ...dependencies, ...optionalDependencies });
    entry.dependsOn.push(...needed.map((dependency) => visit(resolve(path, dependency))));
    return id;
  }

  function nameOf(path: string): string {
    return packages[path]?.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  }

  /** Finds a dependency as Node does: in the nearest `node_modules` from the dependent upwards. */
  function resolve(from: string, dependency: string): string {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
      const path = `${folder === '' ? '' : `${folder}/`}node_modules/${dependency}`;
      const locked = packages[path];
      if (locked) return locked.link ? (locked.resolved ?? path) : path;
      if (folder === '') return path;
    }
  }
}
