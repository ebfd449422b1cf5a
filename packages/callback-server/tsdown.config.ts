import { defineConfig } from 'tsdown';

export default defineConfig({
  // The SQLite thread is started by its file name, so it needs an entry of its own.
  entry: ['src/index.ts', 'src/main.ts', 'src/receiver.ts', 'src/store/sqlite/sqlite-thread.ts'],
  platform: 'node',
  dts: true,
  fixedExtension: false,
  // Keeps the folders, so that dist finds the migrations by the same relative path as src.
  unbundle: true,
});
