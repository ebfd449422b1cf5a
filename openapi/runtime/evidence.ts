/** The evidence of a part of the contract. */
export interface Evidence {
  /** A page of Signzy documents the part, a published sample or an integrator's code shows it, or we inferred it. */
  readonly evidence: 'documented' | 'observed' | 'inferred';
  /** The reason, in one line. */
  readonly basis: string;
  /** Names of the sources in `sources`. */
  readonly sources: readonly string[];
  /** The evidence of a single aspect, such as the `method` of an operation, if it differs from that of the part. */
  readonly aspects?: { readonly [aspect: string]: Evidence };
}

/** Where facts come from. */
export interface Source {
  /** A page of Signzy, code of an integrator, the platform's framework, a standard, or your own tenant. */
  readonly kind: 'page' | 'code' | 'framework' | 'standard' | 'tenant';
  readonly title: string;
  /** Missing for code in a repository that was not recorded. */
  readonly url?: string;
  /** The day by which we had read the source, as `YYYY-MM-DD`. */
  readonly read: string;
}
