import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServerCommand } from '../measure/server-process.ts';

const bench = fileURLToPath(new URL('../', import.meta.url));
const contract = join(bench, '../openapi/dist/openapi.json');

export const ours: ServerCommand = {
  name: 'partner-sandbox',
  command: (port) => [
    join(bench, '../packages/mocks/bin/partner-sandbox.js'),
    ...['--port', `${port}`, '--control-port', '0'],
  ],
};

export const peers: readonly ServerCommand[] = [
  {
    name: `Prism ${versionOf('@stoplight/prism-cli')}`,
    command: (port) => [
      join(bench, 'node_modules/@stoplight/prism-cli/dist/index.js'),
      ...['mock', contract, '--port', `${port}`, '--host', '127.0.0.1'],
    ],
  },
  {
    name: `Mockoon ${versionOf('@mockoon/cli')}`,
    command: (port) => [
      join(bench, 'node_modules/@mockoon/cli/bin/run.js'),
      ...['start', '--data', contract, '--port', `${port}`, '--hostname', '127.0.0.1'],
      ...['--disable-log-to-file', '--disable-admin-api'],
    ],
  },
  {
    name: `Scalar mock ${versionOf('@scalar/mock-server')}`,
    command: (port) => [fileURLToPath(new URL('./servers/scalar.ts', import.meta.url)), `${port}`, contract],
  },
];

/** The baseline, which sends two fixed bodies. */
export function bareHono(pulled: string, created: string): ServerCommand {
  const script = fileURLToPath(new URL('./servers/bare-hono.ts', import.meta.url));
  return { name: 'bare Hono', command: (port) => [script, `${port}`, pulled, created] };
}

function versionOf(name: string): string {
  const manifest: unknown = createRequire(import.meta.url)(join(bench, `node_modules/${name}/package.json`));
  return String(Object(manifest).version);
}
