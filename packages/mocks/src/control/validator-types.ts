import type { operations } from '../../generated/control-schema.d.ts';

/** A compiled validator. After a failed check, `errors` lists the violations. */
export interface Validator<Value> {
  (value: unknown): value is Value;
  readonly errors?: readonly ValidatorError[] | null;
}

export interface ValidatorError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: { readonly [name: string]: unknown };
}

type BodyOf<Id extends keyof operations> = NonNullable<operations[Id]['requestBody']>;

export type BodyValidators = {
  readonly [Id in keyof operations as BodyOf<Id> extends never ? never : Id]: Validator<
    BodyOf<Id> extends { readonly content: { readonly 'application/json': infer Body } } ? Body : never
  >;
};

export type QueryValidators = {
  readonly [Id in keyof operations]: Validator<NonNullable<operations[Id]['parameters']['query']>>;
};
