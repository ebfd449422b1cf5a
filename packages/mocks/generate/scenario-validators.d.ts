/* Copied from generate/scenario-validators.d.ts by `npm run build`. */

/** A compiled validator. After a failed check, `errors` lists the violations. */
export interface CompiledValidator {
  (value: unknown): boolean;
  readonly errors?:
    | readonly {
        readonly instancePath: string;
        readonly message?: string;
        readonly params: { readonly [name: string]: unknown };
      }[]
    | null;
}

export declare const validators: {
  readonly Snapshot: CompiledValidator;
  readonly Scenario: CompiledValidator;
};
