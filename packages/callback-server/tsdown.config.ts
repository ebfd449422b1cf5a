import { defineConfig, type UserConfig } from 'tsdown';

const config: UserConfig = defineConfig({
  // The database's thread is started by the name of its file.
  entry: ['src/index.ts', 'src/main.ts', 'src/receiver.ts', 'src/store/sqlite/sqlite-thread.ts'],
  platform: 'node',
  dts: true,
  fixedExtension: false,
  // Keeps the folders, so that the migrations are found from dist as they are from src.
  unbundle: true,
});

export default config;
