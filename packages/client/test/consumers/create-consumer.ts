import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtempDisposable, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const project = fileURLToPath(new URL('./project', import.meta.url));
const readmeExamples = fileURLToPath(new URL('../readme', import.meta.url));

/** Folders of the packages that the consumer installs. */
const packages = { '@partner-ecosystem/openapi': 'openapi', '@partner-ecosystem/client': 'packages/client' };

/** Other packages that the consumer installs. */
const others = ['@types/node', '@opentelemetry/api', 'openapi-fetch'];

/** Project of a consumer that has the kit's packages as they are published. */
export interface Consumer extends AsyncDisposable {
  readonly path: string;
}

/** Copies the project into a temporary folder, with the packed packages in its `node_modules`. */
export async function createConsumer(): Promise<Consumer> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'consumer-'));
  await cp(project, folder.path, { recursive: true });
  const filter = (source: string) => !source.endsWith('.test.ts');
  await cp(readmeExamples, join(folder.path, 'readme'), { recursive: true, filter });
  await writeFile(join(folder.path, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  for (const name of others) await link(folder.path, name);
  await installPackages(folder.path);
  return { path: folder.path, [Symbol.asyncDispose]: () => folder.remove() };
}

/** Installs the kit's packages as they are published. */
export async function installPackages(consumer: string): Promise<void> {
  for (const [name, workspace] of Object.entries(packages)) await installPacked(consumer, name, workspace);
}

async function installPacked(consumer: string, name: string, workspace: string): Promise<void> {
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', consumer];
  const { stdout: tarball } = await run('npm', pack, { cwd: join(root, workspace) });
  const target = join(consumer, 'node_modules', name);
  await mkdir(target, { recursive: true });
  await run('tar', ['-xzf', join(consumer, tarball.trim()), '-C', target, '--strip-components=1']);

  const { dependencies = {} } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8'));
  const foreign = Object.keys(dependencies).filter((dependency) => !(dependency in packages));
  for (const dependency of foreign) await link(consumer, dependency);
}

/** Dependencies have the versions of the kit's lock file. */
async function link(consumer: string, dependency: string): Promise<void> {
  const target = join(consumer, 'node_modules', dependency);
  await mkdir(dirname(target), { recursive: true });
  await symlink(join(root, 'node_modules', dependency), target);
}
