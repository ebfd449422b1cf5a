import { shownWord, type Violation } from './violation.ts';

export type { Violation };

/** The result of a validation: the typed value, or its violations. */
export type Validation<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly violations: readonly Violation[] };

/** Validates a value against the contract. */
export type Validator<T> = (value: unknown) => Validation<T>;

/** Keeps the result small for a hostile body with thousands of violations. */
const maxViolations = 100;

interface SchemaError {
  instancePath: string;
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
}

/** A function that Ajv generated. It stores the errors of its last call in `errors`. */
interface CompiledSchema {
  (value: unknown): boolean;
  errors?: SchemaError[] | null;
}

/** Wraps a compiled schema in a function that returns its errors instead of storing them. */
export function createValidator<T>(compiled: CompiledSchema): Validator<T> {
  return (value) => {
    if (compiled(value)) return { ok: true, value: value as T };
    const errors = compiled.errors ?? [];
    compiled.errors = null;
    return { ok: false, violations: errors.slice(0, maxViolations).map(toViolation) };
  };
}

function toViolation({ instancePath, keyword, message, params }: SchemaError): Violation {
  const missing = params['missingProperty'];
  const name =
    typeof missing === 'string'
      ? escapePointer(missing)
      : keyword === 'additionalProperties'
        ? '*'
        : undefined;
  return {
    pointer: name === undefined ? instancePath : `${instancePath}/${name}`,
    keyword,
    expected: message ?? expectationOf(keyword, params),
    ...shownWord(params['word']),
  };
}

/** What a keyword expects, in Ajv's words. The build leaves these messages out of the validators. */
function expectationOf(keyword: string, { type, missingProperty }: SchemaError['params']): string {
  if (keyword === 'type') return `must be ${type}`;
  if (keyword === 'required') return `must have required property '${missingProperty}'`;
  if (keyword === 'missing') return `usually has the property '${missingProperty}'`;
  return keyword === 'additionalProperties' ? 'must NOT have additional properties' : keyword;
}

/** Escapes a name for a JSON pointer. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
