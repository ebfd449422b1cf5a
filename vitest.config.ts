import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** What all workspaces test by; each hands this on from a `vitest.config.ts` of its own, where Vitest looks for it. */
const config: ViteUserConfig = defineConfig({
  // Tests start processes, databases and browsers, on machines that may be busy with other things.
  test: { testTimeout: 300_000, hookTimeout: 300_000 },
});

export default config;
