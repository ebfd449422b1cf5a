import { mergeConfig } from 'vitest/config';
import config from '../../vitest.config.ts';

// These tests wait for disks, timers and other processes more than they compute, so two files run at a time on two cores.
export default mergeConfig(config, { test: { maxWorkers: 2 } });
