/** The part of Redocly's context that our rules use. */
export interface RuleContext {
  /** Property name or item index of the visited node. */
  key: string | number;
  location: Location;
  type: { name: string };
  /** Follows a `$ref`, relative to the file `from`. Returns any other value unchanged. */
  resolve<T>(node: T, from?: string): { node?: T; location?: Location };
  report(problem: { message: string; location?: Location }): void;
}

/** A position in a file of the contract. */
export interface Location {
  source: { absoluteRef: string };
  child(path: string | (string | number)[]): Location;
}

/** A lint rule: a function from its options to a visitor of the contract's nodes. */
export type Rule<Options = Record<string, never>> = (options: Options) => Visitor;

interface Visitor {
  [nodeType: string]: ((node: never, context: RuleContext, resolved: never) => void) | Visitor;
}

/** The keywords of a schema that our rules read. */
export interface SchemaNode {
  $ref?: string;
  type?: string | string[];
  properties?: { [name: string]: SchemaNode };
  items?: SchemaNode;
  additionalProperties?: boolean | SchemaNode;
  'x-data-classification'?: { category?: string; sensitivity?: string; masking?: { strategy?: string } };
  'x-sensitive-data'?: { mask?: string };
}

/** Whether a schema is classified as personal data or a secret. */
export function isSensitive(schema: SchemaNode | undefined): boolean {
  return ['confidential', 'restricted'].includes(schema?.['x-data-classification']?.sensitivity ?? '');
}

/** Reports a keyword whose value is not in the list of known values. */
export function reportUnknown(
  keyword: string,
  value: string | undefined,
  known: readonly string[],
  { report }: RuleContext,
): void {
  if (!known.includes(value ?? ''))
    report({ message: `${keyword} is "${value ?? ''}". Use one of ${known.join(', ')}.` });
}
