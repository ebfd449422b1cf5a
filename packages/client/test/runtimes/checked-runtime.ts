import type { Outcome } from '@partner-ecosystem/runtimes/outcome';
import type { RuntimeName } from './check.ts';

/** What a runtime said. */
export interface Report {
  readonly outcomes: readonly Outcome[];
  /** Everything that went to its console. */
  readonly printed: string;
}

/** A runtime that the checks are run on. */
export interface CheckedRuntime {
  readonly name: RuntimeName;
  readonly executable?: string;
  /** Starts it, runs the checks against the scenarios at this port of 127.0.0.1, and ends it. */
  run(port: number): Promise<Report>;
}
