/** The kind and the sensitivity of a value, from `x-data-classification` of the OpenAPI extension registry. */
export interface DataClassification {
  readonly category: string;
  readonly sensitivity: 'public' | 'internal' | 'confidential' | 'restricted';
  readonly masking: { readonly strategy: string; readonly keep?: number };
}

/** The classification of a scalar, or of the contents of an object or array. */
export type Classified = DataClassification | ClassifiedObject | ClassifiedArray;

export interface ClassifiedObject {
  readonly properties: { readonly [name: string]: Classified };
  /** The classification of properties that the contract does not name. Without it, these properties are masked. */
  readonly rest?: Classified;
}

export interface ClassifiedArray {
  readonly items: Classified;
}

/**
 * Returns a copy of a value that is safe to log. Confidential and restricted values are masked, and so is everything
 * that the contract does not classify.
 *
 * @param value - Any JSON value.
 * @param classified - The classification of the value, from `requests`, `responses` or `webhooks`.
 * @example
 * ```ts
 * redact({ status: 'new', name: 'Asha Example' }, responses.createMerchant[200]);
 * // { status: 'new', name: '[PII]' }
 * ```
 */
export function redact(value: unknown, classified: Classified | undefined): unknown {
  if (value === null || value === undefined) return value;
  if (classified === undefined) return '[unclassified]';
  if ('category' in classified) return redactScalar(value, classified);
  if ('items' in classified)
    return Array.isArray(value) ? value.map((item) => redact(item, classified.items)) : '[unclassified]';
  if (typeof value !== 'object' || Array.isArray(value)) return '[unclassified]';
  return redactProperties(value, classified);
}

function redactProperties(object: object, { properties, rest }: ClassifiedObject): Record<string, unknown> {
  const entries = Object.entries(object).flatMap(([name, value]) => {
    const classified = Object.hasOwn(properties, name) ? properties[name] : rest;
    return isRemoved(classified) ? [] : [[name, redact(value, classified)] as const];
  });
  return Object.fromEntries(entries);
}

/** Whether `redact` leaves a property out. */
export function isRemoved(classified: Classified | undefined): boolean {
  return classified !== undefined && 'category' in classified && classified.masking.strategy === 'remove';
}

function redactScalar(value: unknown, { category, sensitivity, masking }: DataClassification): unknown {
  const isShown = sensitivity === 'public' || sensitivity === 'internal';
  if (isShown && typeof value !== 'object') return value;
  if (value === '') return value;
  if (masking.strategy === 'partial' && typeof value === 'string' && masking.keep !== undefined)
    return `[${category}]${value.length > 2 * masking.keep ? value.slice(-masking.keep) : ''}`;
  return `[${category}]`;
}
