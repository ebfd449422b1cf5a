import type { Validator, Violation } from '@partner-ecosystem/openapi/validators';

/** One field that breaks one rule, said without its value. */
export interface FieldProblem {
  readonly field: string;
  /** As the framework names its rules, such as `presence` or `uniqueness`. */
  readonly code: string;
  readonly message: string;
}

/** The first argument that is missing. Upstream, an empty argument is a missing one. */
export function missingArgumentOf(validator: Validator<unknown>, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const given = Object.entries(value).filter(([, member]) => member !== '' && member !== null);
  const missing = violationsOf(validator, Object.fromEntries(given)).find(isMissingArgument);
  return missing && fieldOf(missing);
}

/** Every violation in the words of the framework. */
export function problemsOf(validator: Validator<unknown>, value: unknown): readonly FieldProblem[] {
  return violationsOf(validator, value).map((violation) => ({
    field: fieldOf(violation),
    code: codes[violation.keyword] ?? 'custom',
    message: violation.keyword === 'required' ? "can't be blank" : violation.expected,
  }));
}

const codes: { readonly [keyword: string]: string } = {
  required: 'presence',
  pattern: 'format',
  enum: 'inclusion',
  additionalProperties: 'exclusion',
  minLength: 'length',
  minItems: 'length',
  maxItems: 'length',
  minProperties: 'length',
};

function violationsOf(validator: Validator<unknown>, value: unknown): readonly Violation[] {
  const validation = validator(value);
  return validation.ok ? [] : validation.violations;
}

function isMissingArgument({ keyword, pointer }: Violation): boolean {
  return keyword === 'required' && pointer.lastIndexOf('/') === 0;
}

/** A field's name, or the path to it: `realmId`, `data.0.pageId`. The whole is called `body`. */
function fieldOf({ pointer }: Violation): string {
  return pointer.slice(1).replaceAll('/', '.') || 'body';
}
