import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    main: 'src/main.ts',
    receiver: 'src/receiver.ts',
    // The thread is started by its file name, beside the code that starts it.
    'sqlite-thread': 'src/store/sqlite/sqlite-thread.ts',
  },
  platform: 'node',
  dts: { entry: ['src/index.ts', 'src/receiver.ts'] },
  fixedExtension: false,
  // Node prints the line of an error that nobody catches, so lines stay, and so do the names of functions and classes.
  minify: { compress: true, mangle: { toplevel: false, keepNames: true }, codegen: false },
  // The declarations have the comments. Those of the bundler name source files that are not shipped.
  inputOptions: { experimental: { attachDebugInfo: 'none' } },
  outputOptions: { comments: { jsdoc: false } },
});
