import { test } from 'vitest';
import { slice, unhurried } from './fault-slice.ts';

for (const engine of ['sqlite', 'postgres'] as const) {
  test(`bad inputs over ${engine}: none is fatal, and every authenticated one is kept`, unhurried, () =>
    slice('bad-inputs', 5000, engine),
  );

  test(`a person's numbers come out nowhere, and are sealed in ${engine}`, unhurried, () =>
    slice('canaries', 300, engine),
  );
}

test('senders that take for ever are cut off, and hold up nobody', unhurried, () =>
  slice('slow-senders', 20),
);

test('the time of a check does not tell how much of a token is right', unhurried, () =>
  slice('token-timing', 100_000),
);
