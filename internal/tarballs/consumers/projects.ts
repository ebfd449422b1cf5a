import { documentedJestConfig, type InstalledProject } from '../src/install-project.ts';

/** A project of a stranger, in the folder `projects/<folder>`. */
export interface Project extends InstalledProject {
  readonly name: string;
  /** Programs, each with its arguments. Node runs them one after the other. */
  readonly commands: readonly (readonly string[])[];
  /** What the last command prints. */
  readonly prints: string;
}

const types = { '@types/node': '24.19.2', msw: '3.0.5', vitest: '5.1.1', '@opentelemetry/api': '1.9.0' };
const tsc = 'node_modules/typescript/bin/tsc';
/** By default a test may take five seconds, which is too short for a busy machine. */
const patient = '--testTimeout=240000';

function typeScript(setting: string, type: Project['type'], compiler = '5.9.3'): Project {
  return {
    name: `TypeScript ${compiler}, ${setting}`,
    folder: 'typescript',
    type,
    dependencies: { ...types, typescript: compiler },
    commands: [[tsc, '-p', `${setting}.json`], [`out/${setting}/accept-merchant.js`]],
    prints: 'accept',
  };
}

/** The samples of the guide to testing that every framework runs, and the samples that `others` names. */
function guide(...others: readonly string[]): NonNullable<Project['documented']> {
  const names = ['submit-case.ts', 'msw.test.ts', 'with-sandbox.test.ts', ...others];
  return Object.fromEntries(names.map((name) => [name, `examples/guides/src/testing/${name}`]));
}

/** Every kind of project that the READMEs and the guide to testing name. */
export const projects: readonly Project[] = [
  {
    name: 'JavaScript, ES modules',
    folder: 'esm',
    type: 'module',
    dependencies: { '@opentelemetry/api': '1.9.0', 'openapi-fetch': '0.17.0', msw: '3.0.5', vitest: '5.1.1' },
    commands: [['every-export.js'], ['accept-merchant.js']],
    prints: 'accept',
  },
  {
    name: 'JavaScript, CommonJS',
    folder: 'common-js',
    type: 'commonjs',
    dependencies: {},
    commands: [['accept-merchant.js']],
    prints: 'accept',
  },
  typeScript('nodenext', 'module'),
  typeScript('bundler', 'module'),
  typeScript('commonjs', 'commonjs'),
  {
    name: 'Vite, browser bundle',
    folder: 'vite',
    type: 'module',
    dependencies: { vite: '8.3.8' },
    commands: [['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], ['run-bundle.js']],
    prints: 'accept',
  },
  {
    name: 'Vitest',
    folder: 'vitest',
    type: 'module',
    dependencies: { vitest: '5.1.1' },
    commands: [['node_modules/vitest/vitest.mjs', 'run', patient]],
    prints: '1 passed',
  },
  {
    name: 'Jest',
    folder: 'jest',
    type: 'commonjs',
    documented: documentedJestConfig,
    dependencies: {
      jest: '30.5.2',
      '@babel/plugin-transform-modules-commonjs': '7.29.14',
      '@babel/preset-typescript': '7.29.7',
    },
    commands: [['node_modules/jest/bin/jest.js', patient]],
    prints: '',
  },
  {
    name: 'Guide to testing, Vitest',
    folder: 'testing-guide',
    type: 'module',
    documented: guide(
      'sandbox-per-test.test.ts',
      'fault-recipes.test.ts',
      'start-receiver.ts',
      'node-test.mjs',
    ),
    dependencies: { vitest: '5.1.1', msw: '3.0.5' },
    commands: [
      ['--test', 'node-test.mjs'],
      ['node_modules/vitest/vitest.mjs', 'run', patient],
    ],
    prints: '10 passed',
  },
  {
    name: 'Guide to testing, Jest',
    folder: 'testing-guide',
    type: 'module',
    documented: { ...guide(), 'jest.config.cjs': documentedJestConfig['jest.config.js'] },
    dependencies: {
      jest: '30.5.2',
      '@babel/plugin-transform-modules-commonjs': '8.1.2',
      '@babel/preset-typescript': '8.0.7',
      msw: '2.15.0',
    },
    commands: [
      ['adapt-to-jest.js', 'msw.test.ts', 'with-sandbox.test.ts'],
      ['node_modules/jest/bin/jest.js', patient],
    ],
    prints: '',
  },
  ...['express', 'fastify'].map(
    (framework): Project => ({
      name: framework === 'express' ? 'Express' : 'Fastify',
      folder: framework,
      type: 'module',
      dependencies: {
        '@hono/node-server': '2.1.8',
        ...(framework === 'express' ? { express: '5.3.0' } : { fastify: '5.12.8' }),
      },
      commands: [['receive.js']],
      prints: 'received',
    }),
  ),
  {
    name: 'Next.js',
    folder: 'next',
    type: 'module',
    dependencies: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
    commands: [['node_modules/next/dist/bin/next', 'build'], ['load-page.js']],
    prints: 'accept',
  },
  {
    name: 'npx of both commands',
    folder: 'commands',
    type: 'module',
    dependencies: {},
    commands: [['run-commands.js']],
    prints: 'started and stopped',
  },
];
