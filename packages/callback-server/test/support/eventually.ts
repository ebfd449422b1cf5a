import { vi } from 'vitest';

/** Repeats assertions until they hold. Vitest's own limit of one second is too short for a busy machine. */
export function eventually<Result>(assertions: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(assertions, { timeout: 240_000 });
}
