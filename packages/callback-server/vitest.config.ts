import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  // Tests start processes and databases, on machines that may be busy with other things.
  test: { testTimeout: 60_000, hookTimeout: 60_000 },
});

export default config;
