import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** A busy machine is slow, and not wrong: a limit is there for what hangs. */
const minute = 60_000;

const config: ViteUserConfig = defineConfig({ test: { testTimeout: minute, hookTimeout: minute } });

export default config;
