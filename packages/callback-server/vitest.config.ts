import { mergeConfig } from 'vitest/config';
import config from '../../vitest.config.ts';

// These tests wait for disks, timers and other processes more than they compute, so three files run at a time on two cores.
// The files share three processes with their modules, and a PostgreSQL: a process for each took a tenth of the time, and
// a PostgreSQL for each an eighth.
export default mergeConfig(config, {
  test: { maxWorkers: 3, isolate: false, globalSetup: 'test/support/start-shared-postgres.ts' },
});
