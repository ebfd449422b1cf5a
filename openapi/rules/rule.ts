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
  /** JSON pointer within the file. */
  pointer: string;
  child(path: string | (string | number)[]): Location;
}

/** A lint rule: a function from its options to a visitor of the contract's nodes. */
export type Rule<Options = Record<string, never>> = (options: Options) => Visitor;

/** A function for each type of node, or a visitor for the nodes inside nodes of a type. */
interface Visitor {
  [nodeType: string]:
    | ((node: ContractNode, context: RuleContext, resolved: { location?: Location }) => void)
    | Visitor;
}

/** The keywords that our rules read. Each node has only those of its type. */
export interface ContractNode {
  $ref?: string;
  name?: string;
  in?: string;
  required?: boolean | string[];
  security?: object[];
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  servers?: ContractNode[];
  url?: string;
  responses?: object;
  headers?: object;
  schema?: ContractNode;
  type?: string | string[];
  properties?: { [name: string]: ContractNode };
  items?: ContractNode;
  additionalProperties?: boolean | ContractNode;
  unevaluatedProperties?: boolean | ContractNode;
  enum?: string[];
  format?: string;
  default?: unknown;
  value?: unknown;
  example?: unknown;
  examples?: object;
  'x-name'?: string;
  /** The status that this response had before a correction. */
  'x-replaces'?: string;
  'x-evidence'?: string;
  'x-evidence-basis'?: string;
  'x-evidence-source'?: string[];
  'x-evidence-of'?: Record<string, ContractNode>;
  'x-evidence-sources'?: Record<string, Source>;
  'x-always-sent'?: string;
  'x-extensible-enum'?: string[];
  'x-status-words'?: object;
  'x-role'?: string;
  /** Keywords that a value is expected to satisfy, although Signzy does not document them. */
  'x-expected'?: { enum?: string[]; [keyword: string]: unknown };
  'x-data-classification'?: Classification;
  'x-sensitive-data'?: { mask?: string };
}

/** What kind of data a value is, and how it is masked. */
export interface Classification {
  category?: string;
  sensitivity?: string;
  masking?: { strategy?: string; [limit: string]: unknown };
}

/** Where a fact comes from, in the table of facts. */
export interface Source {
  kind: string;
  title: string;
  url?: string;
  read: string;
  /** The parts of the contract that the source documents, by name. */
  documents?: string[];
  /** The parts that it shows, in a sample or in code. */
  shows?: string[];
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
