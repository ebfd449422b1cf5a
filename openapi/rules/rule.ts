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

type Visit<Node> = (node: Node, context: RuleContext) => void;

/** A function for each type of node, or a visitor for the nodes inside nodes of a type. */
interface Visitor {
  Root?: Visit<{ servers?: ServerNode[] }>;
  Paths?: Visitor;
  WebhooksMap?: Visitor;
  Operation?: Visit<OperationNode>;
  RequestBody?: Visitor;
  Response?: Visitor;
  MediaType?: Visit<{ schema?: SchemaNode; example?: unknown; examples?: object }>;
  Parameter?: Visit<EvidenceNode & { name: string; in: string; schema?: SchemaNode; example?: unknown }>;
  Header?: Visit<EvidenceNode & { example?: unknown }>;
  Schema?: Visit<SchemaNode>;
  Example?: Visit<{ value?: unknown }>;
  ref?: (
    node: EvidenceNode & { $ref: string },
    context: RuleContext,
    resolved: { location?: Location },
  ) => void;
}

export interface ServerNode {
  'x-name'?: string;
}

export interface EvidenceNode {
  'x-evidence'?: string;
  'x-evidence-basis'?: string;
}

interface OperationNode extends EvidenceNode {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  servers?: ServerNode[];
  responses?: object;
}

/** The keywords of a schema that our rules read. */
export interface SchemaNode extends EvidenceNode {
  $ref?: string;
  type?: string | string[];
  properties?: { [name: string]: SchemaNode };
  items?: SchemaNode;
  additionalProperties?: boolean | SchemaNode;
  example?: unknown;
  examples?: unknown;
  default?: unknown;
  'x-data-classification'?: { category?: string; sensitivity?: string; masking?: { strategy?: string } };
  'x-sensitive-data'?: { mask?: string };
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
