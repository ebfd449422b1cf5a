import { defineConfig, type UserConfig } from 'tsdown';

// One build, so that all entries share one core. `test/browser.test.ts` checks that the core does not import Node.
const config: UserConfig = defineConfig({
  entry: [
    'src/index.ts',
    'src/control-client.ts',
    'src/jest.ts',
    'src/msw.ts',
    'src/node.ts',
    'src/vitest.ts',
    'src/main.ts',
  ],
  platform: 'node',
  fixedExtension: false,
  outputOptions: {
    // The declarations have the comments.
    comments: { jsdoc: false },
    // Node takes about a millisecond for each file, so what every start needs is in few files.
    codeSplitting: {
      groups: [
        { name: 'sandbox', test: /(src\/(core|sandbox|transport)\/.*(?<!\.d)\.ts|scenario-validators\.js)$/ },
        { name: 'server', test: /src\/(http|server)\/.*(?<!\.d)\.ts$/ },
      ],
    },
  },
});

export default config;
