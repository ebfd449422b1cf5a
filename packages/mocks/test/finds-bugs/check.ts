import type { RealmReference } from './integration.ts';
import type { TestBed } from './test-bed.ts';

/** A rule of a good integration. `run` throws if the integration breaks the rule. */
export interface Check {
  readonly rule: string;
  /** Differences from the usual realm and flow. */
  readonly realm?: Partial<RealmReference>;
  readonly run: (testBed: TestBed) => Promise<void>;
}
