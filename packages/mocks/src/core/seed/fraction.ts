import type { Derive } from './derive.ts';

/** A number from 0 to just under 1, always the same for the same seed and key. */
export function fractionOf({ derive }: { readonly derive: Derive }, key: string): number {
  return Number.parseInt(derive(key).slice(0, 8), 16) / 2 ** 32;
}
