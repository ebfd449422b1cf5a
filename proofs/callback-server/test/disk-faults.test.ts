import { test } from 'vitest';
import { canMount } from '../machine/small-disk.ts';
import { runSlice, slow } from './run-slice.ts';

const onLinux = process.platform === 'linux';

test.runIf(onLinux)('a power cut loses no acknowledged callback', slow, () => runSlice('power-cuts', 2));

test.runIf(onLinux)('what was encrypted before a power cut decrypts after it', slow, () =>
  runSlice('power-cuts-encrypted', 2),
);

test.runIf(onLinux)('power cuts find a SQLite that syncs too little', slow, () =>
  runSlice('power-cuts-unsynced', 10),
);

test.runIf(onLinux)('every 200 leaves after the sync of its callback', slow, () =>
  runSlice('sync-order', 40),
);

test.runIf(onLinux)('the trace finds a 200 that leaves before its sync', slow, () =>
  runSlice('sync-order-unsynced', 50),
);

test.runIf(onLinux)('a failed sync ends the server, and no later callback is acknowledged', slow, () =>
  runSlice('sync-errors', 3),
);

test.runIf(onLinux && canMount())('a full disk gets 503, and the server goes on once it is freed', slow, () =>
  runSlice('disk-full', 2),
);

test('a database file that another program changes ends the server, which says why', slow, () =>
  runSlice('file-faults', 3),
);
