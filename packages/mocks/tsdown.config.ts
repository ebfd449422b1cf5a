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
  // The declarations have the comments.
  outputOptions: { comments: { jsdoc: false } },
});

export default config;
