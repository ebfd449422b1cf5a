import { test } from 'vitest';
import { isRoot, onLinux, slice, unhurried } from './fault-slice.ts';

test.runIf(onLinux)('no acknowledged callback is lost in a power cut', unhurried, () =>
  slice('power-cuts', 20),
);

test.runIf(onLinux)('what was sealed before a power cut opens after it', unhurried, () =>
  slice('power-cuts-sealed', 10),
);

test.runIf(onLinux)('a SQLite that syncs too little is found out by the power cuts', unhurried, () =>
  slice('power-cuts-unsynced', 10),
);

test.runIf(onLinux)('every 200 leaves after the sync that covers it', unhurried, () =>
  slice('sync-order', 500),
);

test.runIf(onLinux)('an answer that leaves before its sync is found out', unhurried, () =>
  slice('sync-order-unsynced', 50),
);

test.runIf(onLinux)('a failed sync ends the server, and nothing is acknowledged after it', unhurried, () =>
  slice('sync-errors', 10),
);

test.runIf(isRoot)('a full disk is answered with 503, and serving goes on when it is freed', unhurried, () =>
  slice('disk-full', 10),
);
