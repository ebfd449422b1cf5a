/** What kind of data a scalar holds, by the OpenAPI registry's `x-data-classification`. */
export interface DataClassification {
  readonly category: string;
  readonly sensitivity: 'public' | 'internal' | 'confidential' | 'restricted';
  readonly masking: { readonly strategy: string; readonly keep?: number };
}

/** The classification of a value: of a scalar, or of what an object or an array holds. */
export type Classified = DataClassification | ClassifiedObject | ClassifiedArray;

export interface ClassifiedObject {
  readonly properties: { readonly [name: string]: Classified };
  /** How members are classified that the contract does not name. Without it they are masked. */
  readonly rest?: Classified;
}

export interface ClassifiedArray {
  readonly items: Classified;
}

/**
 * A copy of a value that is safe to log: confidential and restricted members are masked, and so is everything that
 * the contract does not name. Denies by default.
 *
 * @param value - Any JSON value.
 * @param classified - How the contract classifies it, from `requests`, `responses` or `webhooks`.
 * @example
 * ```ts
 * redact({ status: 'new', name: 'Asha Example' }, responses.createMerchant[200]);
 * // { status: 'new', name: '[PII]' }
 * ```
 */
export function redact(value: unknown, classified: Classified | undefined): unknown {
  if (value === null || value === undefined) return value;
  if (classified === undefined) return '[unclassified]';
  if ('category' in classified) return redactLeaf(value, classified);
  if ('items' in classified)
    return Array.isArray(value) ? value.map((item) => redact(item, classified.items)) : '[unclassified]';
  if (typeof value !== 'object' || Array.isArray(value)) return '[unclassified]';
  return redactMembers(value, classified);
}

function redactMembers(value: object, classified: ClassifiedObject): Record<string, unknown> {
  const members = Object.entries(value).flatMap(([name, member]) => {
    const known = Object.hasOwn(classified.properties, name) ? classified.properties[name] : classified.rest;
    return removes(known) ? [] : [[name, redact(member, known)] as const];
  });
  return Object.fromEntries(members);
}

function removes(classified: Classified | undefined): boolean {
  return classified !== undefined && 'category' in classified && classified.masking.strategy === 'remove';
}

function redactLeaf(value: unknown, { category, sensitivity, masking }: DataClassification): unknown {
  const isOpen = sensitivity === 'public' || sensitivity === 'internal';
  if (isOpen && typeof value !== 'object') return value;
  if (value === '') return value;
  if (masking.strategy === 'partial' && typeof value === 'string' && masking.keep !== undefined)
    return `[${category}]${value.length > 2 * masking.keep ? value.slice(-masking.keep) : ''}`;
  return `[${category}]`;
}
