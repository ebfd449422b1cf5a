/** What a rule is told of the place it looks at. The part of Redocly's context that our rules use. */
export interface RuleContext {
  /** Name of the member, or index of the item, under which the node stands. */
  key: string | number;
  location: Location;
  type: { name: string };
  /** Follows a `$ref`, from the file it stands in; gives back anything else as it is. */
  resolve<T>(node: T, from?: string): { node?: T; location?: Location };
  report(problem: { message: string; location?: Location }): void;
}

/** A place in a file of the contract. */
export interface Location {
  source: { absoluteRef: string };
  child(path: string | (string | number)[]): Location;
}

/** A lint rule: given its options, it visits the contract's nodes by type. */
export type Rule<Options = Record<string, never>> = (options: Options) => Visitor;

interface Visitor {
  [nodeType: string]: ((node: never, context: RuleContext, more: never) => void) | Visitor;
}

/** Keywords of a schema that more than one rule reads. */
export interface SchemaNode {
  $ref?: string;
  type?: string | string[];
  properties?: { [name: string]: SchemaNode };
  items?: SchemaNode;
  additionalProperties?: boolean | SchemaNode;
  'x-data-classification'?: { category?: string; sensitivity?: string; masking?: { strategy?: string } };
  'x-sensitive-data'?: { mask?: string };
}

/** Whether the contract says that a value is a person's or a secret. */
export function isSensitive(schema: SchemaNode | undefined): boolean {
  return ['confidential', 'restricted'].includes(schema?.['x-data-classification']?.sensitivity ?? '');
}
