/** How a part of the contract is known. */
export interface Evidence {
  /** Written by the vendor, seen in real exchanges, or concluded from other facts. */
  readonly evidence: 'documented' | 'observed' | 'inferred';
  /** The reason, in one line. */
  readonly basis: string;
  /** Names of the sources in `sources`. */
  readonly sources: readonly string[];
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
