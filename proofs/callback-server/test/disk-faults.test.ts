import { test } from 'vitest';
import { canMount } from '../machine/small-disk.ts';
import { runSlice, slow } from './run-slice.ts';

const onLinux = process.platform === 'linux';

test.runIf(onLinux)('a power cut loses no acknowledged callback', slow, () => runSlice('power-cuts', 2));

test.runIf(onLinux)('a callback that was encrypted before a power cut decrypts after the cut', slow, () =>
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

test.runIf(onLinux && canMount())(
  'callbacks get 503 on a full disk, and the server goes on once space is freed',
  slow,
  () => runSlice('disk-full', 2),
);

test('a change of a database file by another program ends the server, which says why', slow, () =>
  runSlice('file-faults', 3),
);
