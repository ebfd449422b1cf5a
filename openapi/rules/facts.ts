import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Source } from './rule.ts';

/** The table of facts that the contract agrees with, from `facts.yaml`. */
export interface Facts {
  readonly sources: Readonly<Record<string, Source>>;
  /** URLs of each server, by `x-name`: first preproduction, then production. */
  readonly servers: Readonly<Record<string, readonly string[]>>;
  /** What each operation takes, by operation or event. `contract` is for the operations that are not listed. */
  readonly security: Readonly<Record<string, readonly string[]>>;
  /** Where a request has each parameter and each token. */
  readonly places: Readonly<Record<string, string>>;
  /** The statuses of each operation and event. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Runtime expression of each event's callback URL. */
  readonly expressions: Readonly<Record<string, string>>;
  /** Names of the headers of each response that has any. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** What data each value is: its category and sensitivity, and how it is masked, by subject. */
  readonly classes: Readonly<Record<string, string>>;
  /** What each error says. */
  readonly errors: Readonly<Record<string, string>>;
  /** Limits by subject. Those of `x-expected` are our own. */
  readonly limits: Readonly<Record<string, object>>;
  /** The closed and known words of a value, by subject. */
  readonly words: Readonly<Record<string, { readonly seen: string[]; readonly expected?: string[] }>>;
  /** What each word means: the words by status. */
  readonly meanings: Readonly<Record<string, object>>;
  readonly units: Readonly<Record<string, Unit>>;
  /** What the prose claims. */
  readonly claims: readonly Claim[];
}

/** The unit of a number: its word in the prose, and the values that are plausible in it. */
interface Unit {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

interface Claim {
  /** The words, exactly as the prose has them. */
  readonly says: string;
  /** The parts of the contract whose prose has the words. */
  readonly of: readonly string[];
  readonly source: readonly string[];
}

/** Reads a table of facts. The path is relative to the contract's folder. */
export function readFacts(path: string): Facts {
  return parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) as Facts;
}
