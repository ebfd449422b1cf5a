import { test } from 'vitest';
import { runSlice, slow } from './run-slice.ts';

for (const engine of ['sqlite', 'postgres'] as const)
  test(`${engine}: killing the server under load loses no acknowledged callback`, slow, () =>
    runSlice('kills', 3, engine),
  );

test('PostgreSQL: a stop of the database under load loses no acknowledged callback', slow, () =>
  runSlice('postgres-stops', 2, 'postgres'),
);

test('PostgreSQL: a cut while a partition begins or is dropped loses no acknowledged callback', slow, () =>
  runSlice('partition-cuts', 2, 'postgres'),
);
