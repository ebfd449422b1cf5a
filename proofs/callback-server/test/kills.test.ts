import { test } from 'vitest';
import { runSlice, slow } from './run-slice.ts';

for (const engine of ['sqlite', 'postgres'] as const)
  test(`${engine}: killing the server under load loses no acknowledged callback`, slow, () =>
    runSlice('kills', 6, engine),
  );

test('PostgreSQL: stopping it under load loses no acknowledged callback', slow, () =>
  runSlice('postgres-stops', 2, 'postgres'),
);
