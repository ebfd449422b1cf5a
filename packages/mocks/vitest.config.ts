import { mergeConfig } from 'vitest/config';
import config from '../../vitest.config.ts';

// The files share a process, and its modules: a process for each took a third of the time.
export default mergeConfig(config, { test: { isolate: false } });
