import { readRepositoryFile } from '../repository.ts';
import {
  type ProductionPackage,
  productionPackages,
  publishedFolders,
  readLockFile,
} from './production-packages.ts';

/** For each published package, its name and everything that its installation contains. */
export function installations(): readonly (readonly [string, readonly ProductionPackage[]])[] {
  const lock = readLockFile();
  return publishedFolders().map((folder) => {
    const { name } = JSON.parse(readRepositoryFile(`${folder}/package.json`)) as { name: string };
    return [name, productionPackages(lock, folder)];
  });
}
