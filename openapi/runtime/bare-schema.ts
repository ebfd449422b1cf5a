/** A JSON Schema of draft 2020-12 without texts and markings. References have the form `#/components/schemas/Name`. */
export interface BareSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: BareSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | BareSchema;
  readonly items?: BareSchema;
  readonly enum?: readonly unknown[];
  readonly 'x-extensible-enum'?: readonly string[];
  readonly [keyword: string]: unknown;
}
