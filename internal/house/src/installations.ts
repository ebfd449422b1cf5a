import { readRepositoryFile, repositoryFiles } from './repository.ts';
import { type ProductionPackage, productionPackages } from './third-party/production-packages.ts';

/** For each published package, its name and everything that its installation contains. */
export function installations(): readonly (readonly [string, readonly ProductionPackage[]])[] {
  const lock = JSON.parse(readRepositoryFile('package-lock.json'));
  return repositoryFiles('*/package.json').flatMap((path) => {
    const manifest = JSON.parse(readRepositoryFile(path)) as { name: string; private?: boolean };
    if (manifest.private) return [];
    return [[manifest.name, productionPackages(lock, path.replace('/package.json', ''))] as const];
  });
}
