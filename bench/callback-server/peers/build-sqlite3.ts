import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireTool } from '../../../internal/testing/src/require-tool.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const sqlite3 = join(modules, 'sqlite3');
const headers = join(modules, `node/node_modules/node-${platform()}-${arch()}/include/node`);
// The flags of the build in the package sqlite3.
const flags = [
  '-fPIC',
  '-O3',
  '-w',
  '-DNDEBUG',
  '-D_REENTRANT=1',
  '-DSQLITE_THREADSAFE=1',
  '-DHAVE_USLEEP=1',
];
const features = ['FTS3', 'FTS4', 'FTS5', 'RTREE', 'DBSTAT_VTAB=1', 'MATH_FUNCTIONS'];
const napi = ['-std=c++17', '-DNAPI_VERSION=6', '-DNAPI_DISABLE_CPP_EXCEPTIONS=1'];

/**
 * Compiles the native part of Node-RED's SQLite node if it is missing, in less than a minute. The node's own install
 * compiles this part too, or downloads it from GitHub. This build needs only what `npm ci` installed: the headers of Node
 * come from the npm package `node`.
 */
export function buildSqlite3(): void {
  const built = join(sqlite3, 'build/Release');
  if (existsSync(join(built, 'node_sqlite3.node'))) return;
  requireTool('gcc');
  requireTool('g++');
  console.log('Compiling sqlite3 for Node-RED. Later runs use the result.');
  mkdirSync(built, { recursive: true });
  const folder = mkdtempSync(join(built, 'part-'));
  const all = [...flags, ...features.map((each) => `-DSQLITE_ENABLE_${each}`)];
  const run = (command: string) => execFileSync('sh', ['-c', command, 'sh', ...all], { cwd: folder });
  run(`tar xzf ${sqlite3}/deps/sqlite-autoconf-*.tar.gz --strip-components=1`);
  run('gcc "$@" -c sqlite3.c');
  run(
    `g++ "$@" ${napi.join(' ')} -I. -I${modules}/node-addon-api -I${headers} -shared ${sqlite3}/src/*.cc sqlite3.o -o node_sqlite3.node`,
  );
  renameSync(join(folder, 'node_sqlite3.node'), join(built, 'node_sqlite3.node'));
  rmSync(folder, { recursive: true });
}
