/** How a part of the contract is known. */
export interface Evidence {
  /** A page of the vendor says so, a published sample or an integrator's code shows it, or we concluded it. */
  readonly evidence: 'documented' | 'observed' | 'inferred';
  /** The reason, in one line. */
  readonly basis: string;
  /** Names of the sources in `sources`. */
  readonly sources: readonly string[];
  /** How single aspects are known, if they are known otherwise: the `method` of an operation. */
  readonly aspects?: { readonly [aspect: string]: Evidence };
}

/** Where facts come from. */
export interface Source {
  /** A page of the vendor, code of an integrator, the platform's framework, a standard, or your own tenant. */
  readonly kind: 'page' | 'code' | 'framework' | 'standard' | 'tenant';
  readonly title: string;
  /** Missing for code in a repository that was not recorded. */
  readonly url?: string;
  /** The day by which we had read the source, as `YYYY-MM-DD`. */
  readonly read: string;
}
