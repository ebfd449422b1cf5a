import { describe, test } from 'vitest';
import { runSlice, slow } from './run-slice.ts';

const engines = ['sqlite', 'postgres'] as const;

// The slow senders wait for the server's limits of time, while the others work.
describe.concurrent('at the same time', () => {
  test(
    'connections of senders that never end their request are closed, and others are served meanwhile',
    slow,
    () => runSlice('slow-senders', 20),
  );

  for (const engine of engines)
    test(`${engine}: no bad input is fatal, and every authenticated input is stored`, slow, () =>
      runSlice('bad-inputs', 200, engine),
    );
});

for (const engine of engines)
  test(`${engine}: no output shows a canary, and no encrypted file shows a canary`, slow, () =>
    runSlice('canaries', 20, engine),
  );

test('the time of a check does not tell how much of a token is right', slow, () =>
  runSlice('token-timing', 100_000),
);
