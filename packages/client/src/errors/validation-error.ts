import { ApiError, type Refusal } from './api-error.ts';

/** For each refused field, the rules it breaks, such as `presence` or `uniqueness`. */
export type RefusedFields = { readonly [field: string]: readonly string[] };

/** 422: the provider refused some fields. */
export class ValidationError extends ApiError {
  override get name(): string {
    return 'ValidationError';
  }

  /** The refused fields by name, never with their values; empty where the provider names none. */
  readonly fields: RefusedFields;

  constructor(refusal: Refusal, fields: RefusedFields) {
    const list = Object.entries(fields).map(([field, rules]) => `${field} (${rules.join(', ')})`);
    super(refusal, `Correct the fields: ${list.join('; ') || 'body() may name them'}.`);
    this.fields = fields;
  }
}
