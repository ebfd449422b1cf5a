/** One way in which a value departs from the contract. Never holds the value itself. */
export interface Violation {
  /** JSON pointer to the place in the value, such as `/data/0/pageId`; empty for the whole. */
  readonly pointer: string;
  /** The JSON Schema keyword that was broken, such as `required` or `pattern`. */
  readonly keyword: string;
  /** What the contract asks for there, such as `must be string`. */
  readonly expected: string;
}

/** The outcome of a validation: the value, typed, or how it departs from the contract. */
export type Validation<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly violations: readonly Violation[] };

/** Tells whether a value holds to the contract. */
export type Validator<T> = (value: unknown) => Validation<T>;

/** A hostile body can break the contract in very many places; no reader wants to hear of them all. */
const mostViolations = 100;

interface SchemaError {
  instancePath: string;
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
}

/** A function that Ajv generated: it leaves its errors on itself. */
interface CompiledSchema {
  (value: unknown): boolean;
  errors?: SchemaError[] | null;
}

/** Wraps a compiled schema, so that a validation is a value and not a side effect. */
export function createValidator<T>(compiled: CompiledSchema): Validator<T> {
  return (value) => {
    if (compiled(value)) return { ok: true, value: value as T };
    const errors = compiled.errors ?? [];
    compiled.errors = null;
    return { ok: false, violations: errors.slice(0, mostViolations).map(describe) };
  };
}

function describe({ instancePath, keyword, message, params }: SchemaError): Violation {
  const member = params['missingProperty'] ?? params['additionalProperty'];
  const pointer = typeof member === 'string' ? `${instancePath}/${escapePointer(member)}` : instancePath;
  return { pointer, keyword, expected: message ?? keyword };
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
