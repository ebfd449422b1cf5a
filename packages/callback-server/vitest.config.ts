import { mergeConfig } from 'vitest/config';
import config from '../../vitest.config.ts';

// These tests wait for disks, timers and other processes more than they compute, so two files run at a time on two cores.
// The files share two processes, and their modules: a process for each took a tenth of the time.
export default mergeConfig(config, { test: { maxWorkers: 2, isolate: false } });
