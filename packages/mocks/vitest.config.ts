import { mergeConfig } from 'vitest/config';
import config from '../../vitest.config.ts';

// The test files share a process and its modules: starting a process for each file took a third of the time.
export default mergeConfig(config, { test: { isolate: false } });
