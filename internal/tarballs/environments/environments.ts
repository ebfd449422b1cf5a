import { nodes } from '@partner-ecosystem/runtimes';
import { documentedJestConfig, type InstalledProject } from '../src/install-project.ts';

export const transports = ['MSW', 'HTTP'] as const;
export const checks = ['JSON', 'upload', 'callback'] as const;

/** A way to send to the sandbox, and what is sent: one column of the matrix. */
export type Cell = `${(typeof transports)[number]} ${(typeof checks)[number]}`;

/** A project that tests with the packed sandbox, in a folder of `projects/`. */
export interface Environment extends InstalledProject {
  readonly name: string;
  /** Programs, each with its arguments. Node runs them one after the other. */
  readonly commands: readonly (readonly string[])[];
  /** @default the Node of the kit */
  readonly node?: string;
  /** The only library that can upload there, with the reason. */
  readonly uploads?: { readonly library: 'fetch' | 'axios'; readonly reason: string };
  /** Cells that the environment cannot have, each with the reason. */
  readonly without?: { readonly [C in Cell]?: string };
}

/** By default a test may take five seconds, which is too short for a busy machine. */
const patient = '--testTimeout=240000';
const lostFile = 'Under jsdom, MSW 2 loses the content of a file with any handler. MSW 3 keeps the content.';

const axios = { axios: '1.21.1' };
const msw = { '2.12': { msw: '2.12.14' }, 2: { msw: '2.15.0' }, 3: { msw: '3.0.5' } } as const;
type MswVersion = keyof typeof msw;
const vitests = { 4: '4.1.12', 5: '5.1.1' } as const;
const documents = { jsdom: { jsdom: '31.0.1' }, 'happy-dom': { 'happy-dom': '21.0.4' }, node: {} } as const;

function onNode({ name, executable }: (typeof nodes)[number], version: MswVersion): Environment {
  return {
    name: `${name}, MSW ${version}`,
    folder: 'node',
    type: 'module',
    dependencies: { ...axios, ...msw[version] },
    commands: [['--test']],
    node: executable,
  };
}

function inVitest(
  vitest: keyof typeof vitests,
  environment: keyof typeof documents,
  version: MswVersion,
): Environment {
  return {
    name: `Vitest ${vitest}, ${environment}, MSW ${version}`,
    folder: 'vitest',
    type: 'module',
    dependencies: { ...axios, ...msw[version], ...documents[environment], vitest: vitests[vitest] },
    commands: [['node_modules/vitest/vitest.mjs', 'run', '--environment', environment, patient]],
    ...(environment === 'jsdom' && {
      uploads: {
        library: 'axios',
        reason: 'fetch is that of Node, and does not know the FormData of jsdom.',
      },
    }),
    ...(environment === 'jsdom' && version === 2 && { without: { 'MSW upload': lostFile } }),
  };
}

const jest = { jest: '30.5.2', ...axios };
const babel = { '@babel/plugin-transform-modules-commonjs': '8.1.2', '@babel/preset-typescript': '8.0.7' };
const jsdomOfJest = { 'jest-environment-jsdom': '30.5.2', 'jest-fixed-jsdom': '0.0.11' };

function inJest(
  name: string,
  version: MswVersion,
  args: readonly string[],
  { type, ...dependencies }: Pick<Environment, 'type'> & Readonly<Record<string, string>>,
): Environment {
  const program = 'node_modules/jest/bin/jest.js';
  const flags = type === 'module' ? ['--experimental-vm-modules'] : [];
  return {
    name: `Jest 30, ${name}, MSW ${version}`,
    folder: 'jest',
    type,
    dependencies: { ...jest, ...msw[version], ...dependencies },
    commands: [[...flags, program, patient, ...args]],
    ...(type === 'commonjs' && { documented: documentedJestConfig }),
    ...('jest-fixed-jsdom' in dependencies && {
      uploads: {
        library: 'fetch',
        reason: 'axios sends the requests of jsdom, which do not know the FormData of Node.',
      },
    }),
  };
}

const fixed = ['--env', 'jest-fixed-jsdom'];

function inLanguage(
  name: string,
  program: readonly string[],
  without: Environment['without'] = {},
): Environment {
  return {
    name,
    folder: 'languages',
    type: 'module',
    dependencies: {},
    commands: [['environment.js', ...program]],
    without: { ...noMsw, ...without },
  };
}

const onlyJavaScript = 'MSW is a library of JavaScript.';
const noMsw = { 'MSW JSON': onlyJavaScript, 'MSW upload': onlyJavaScript, 'MSW callback': onlyJavaScript };
const jars = ['-cp', '/usr/share/java/*'];

export const environments: readonly Environment[] = [
  ...nodes.flatMap((node) => [onNode(node, 2), onNode(node, 3)]),
  inVitest(4, 'node', 2),
  inVitest(4, 'jsdom', 3),
  inVitest(5, 'node', 3),
  inVitest(5, 'jsdom', 2),
  inVitest(5, 'jsdom', 3),
  inVitest(5, 'happy-dom', 2),
  inVitest(5, 'happy-dom', 3),
  // MSW 3 has ES modules only, which read `import.meta`. CommonJS does not have `import.meta`.
  inJest('CommonJS', '2.12', [], { type: 'commonjs', ...babel }),
  inJest('CommonJS', 2, [], { type: 'commonjs', ...babel }),
  inJest('ES modules', 3, [], { type: 'module' }),
  inJest('jest-fixed-jsdom', 2, fixed, { type: 'commonjs', ...babel, ...jsdomOfJest }),
  inJest('jest-fixed-jsdom', 3, fixed, { type: 'module', ...jsdomOfJest }),
  {
    name: 'Playwright, MSW 3',
    folder: 'playwright',
    type: 'module',
    dependencies: { ...axios, ...msw[3], '@playwright/test': '1.65.1', vite: '8.3.8' },
    commands: [
      ['node_modules/msw/cli/index.js', 'init', 'public', '--no-save'],
      ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'],
      ['node_modules/@playwright/test/cli.js', 'test'],
    ],
  },
  inLanguage('curl', ['sh', 'environment.sh']),
  inLanguage('Python, requests', ['python3', 'environment.py']),
  inLanguage('Perl, LWP', ['perl', 'environment.pl']),
  inLanguage('Ruby, Net::HTTP', ['ruby', 'environment.rb']),
  inLanguage('Java, java.net.http and Apache HttpClient', ['java', ...jars, 'Environment.java']),
  inLanguage('.NET, its bytes only', ['node', 'dotnet.js'], {
    'HTTP callback': 'The environment has the bytes that .NET sends, but no .NET to receive with.',
  }),
];
