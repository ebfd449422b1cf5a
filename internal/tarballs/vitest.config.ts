import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

// Projects of consumers have tests of their own, which run after an installation.
export default mergeConfig(shared, defineConfig({ test: { include: ['test/**/*.test.ts'] } }));
