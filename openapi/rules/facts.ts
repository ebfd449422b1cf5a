import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Source } from './rule.ts';

/** The table of facts that the contract agrees with, from `facts.yaml`. Each table is by subject. */
export interface Facts {
  readonly sources: Readonly<Record<string, Source>>;
  /** URLs of each server, by `x-name`: first preproduction, then production. */
  readonly servers: Table<Fact<readonly string[]>>;
  /** The tokens of each operation or event. `contract` is for the operations that are not listed. */
  readonly security: Table<Fact<readonly string[]>>;
  /** Where a request has each parameter and each token. */
  readonly places: Table<Fact<string>>;
  /** The statuses of each operation and event. */
  readonly statuses: Table<Fact<string>>;
  /** Runtime expression of each event's callback URL. */
  readonly expressions: Table<Fact<string>>;
  /** Names of the headers of each response that has any. */
  readonly headers: Table<Fact<readonly string[]>>;
  /** The data classification of each value: category, sensitivity and masking. We decide these, so no source is cited. */
  readonly classes: Table<string>;
  /** The `format` of each value, for other tools. We decide the formats too. */
  readonly formats: Table<string>;
  /** The role of each property that the kit finds by its role. */
  readonly roles: Table<Fact<string>>;
  /** What each error says. */
  readonly errors: Table<Fact<string>>;
  /** What each word means: the words by status. */
  readonly meanings: Table<Fact<object>>;
  /** Limits of a value. Those in `expected` are our own, and may cite nothing. */
  readonly limits: Table<Partial<Cited> & { readonly expected?: object }>;
  /** The words of each value: the words that sources show (`seen`), and the words that we only expect. */
  readonly words: Table<Cited & { readonly seen: string[]; readonly expected?: string[] }>;
  readonly units: Table<Unit>;
  /** What the prose claims. */
  readonly claims: readonly Claim[];
}

type Table<Row> = Readonly<Record<string, Row>>;

interface Cited {
  /** Names in `sources`. */
  readonly source: readonly string[];
}

interface Fact<Value> extends Cited {
  readonly is: Value;
}

/** The unit of a number: its word in the prose, and the values that are plausible in it. */
interface Unit extends Cited {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

interface Claim extends Cited {
  /** The words, exactly as the prose has them. */
  readonly says: string;
  /** The parts of the contract whose prose has the words. */
  readonly of: readonly string[];
  /** Whether we conclude the claim from sources that do not state it, or that nobody can open. */
  readonly inferred?: true;
}

/** Reads a table of facts. The path is relative to the contract's folder. */
export function readFacts(path: string): Facts {
  return parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) as Facts;
}
