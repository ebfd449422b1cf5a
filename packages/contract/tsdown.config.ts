import { defineConfig, type UserConfig } from 'tsdown';

// The code that derives the contract's modules, and our lint rules, are in `openapi`. This package ships them, compiled.
const config: UserConfig = defineConfig({
  entry: { main: 'src/main.ts', rules: '../../openapi/rules/plugin.ts' },
  platform: 'node',
  dts: false,
  hash: false,
  fixedExtension: false,
});

export default config;
