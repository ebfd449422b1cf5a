import type { Validator, Violation } from '@partner-ecosystem/openapi/validators';
import { isObject } from '../json/json-value.ts';

/** One field that breaks one rule, described without its value. */
export interface FieldProblem {
  readonly field: string;
  /** The framework's name of the rule, such as `presence` or `uniqueness`. */
  readonly code: string;
  readonly message: string;
}

/** Finds the first argument that is missing. The provider treats an empty argument as missing. */
export function missingArgumentOf(validator: Validator<unknown>, value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const given = Object.entries(value).filter(([, argument]) => argument !== '' && argument !== null);
  const validation = validator(Object.fromEntries(given));
  const missing = validation.ok ? undefined : validation.violations.find(isMissingArgument);
  return missing && fieldOf(missing);
}

/** Describes every violation in the words of the framework. */
export function problemsOf(violations: readonly Violation[]): readonly FieldProblem[] {
  return violations.map((violation) => ({
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

function isMissingArgument({ keyword, pointer }: Violation): boolean {
  return keyword === 'required' && pointer.lastIndexOf('/') === 0;
}

/** Names a field by its path, such as `realmId` or `data.0.pageId`. The whole body is called `body`. */
function fieldOf({ pointer }: Violation): string {
  return pointer.slice(1).replaceAll('/', '.') || 'body';
}
