import { test } from 'vitest';
import { slice, unhurried } from './fault-slice.ts';

test('no acknowledged callback is lost where the server is killed under load', unhurried, () =>
  slice('kills', 150),
);

test(
  'no acknowledged callback is lost where the server over PostgreSQL is killed under load',
  unhurried,
  () => slice('kills', 150, 'postgres'),
);

test('no acknowledged callback is lost where PostgreSQL stops under load', unhurried, () =>
  slice('postgres-stops', 5, 'postgres'),
);
