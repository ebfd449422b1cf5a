import type { BareSchema } from '../../runtime/bare-schema.ts';
import type { Evidence, Source } from '../../runtime/evidence.ts';
import type { DataClassification } from '../../runtime/redact.ts';

/**
 * The parts of the bundled contract that the build reads. Redocly has already checked the document against the OpenAPI
 * specification. The readers check only what the build needs beyond that.
 */
export interface Contract {
  info: { version: string };
  /** The sources that the evidence cites, by name. */
  'x-evidence-sources': Record<string, Source>;
  servers: Server[];
  security: Record<string, string[]>[];
  paths: Record<string, Partial<Record<Method, Operation>>>;
  webhooks: Record<string, { post: Operation }>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, Response>;
    parameters: Record<string, Parameter>;
    examples: Record<string, Example>;
    securitySchemes: Record<string, { in: string }>;
  };
}

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

export interface Reference {
  $ref: string;
}

/** A part of the contract that has evidence. The lint rule `evidence-cited` checks the values. */
export interface Evident {
  'x-evidence': Evidence['evidence'];
  'x-evidence-basis': string;
  /** Names in `x-evidence-sources`. */
  'x-evidence-source': string[];
  /**
   * The evidence of single aspects, if it differs from that of the part. An aspect is the `method`, or a keyword of the
   * part and its properties.
   */
  'x-evidence-of'?: Record<string, Evident>;
}

export interface Server extends Evident {
  url: string;
  'x-name': string;
}

export interface Operation extends Evident {
  /** Whether a correction changed or added the operation. */
  'x-corrected'?: boolean;
  operationId?: string;
  summary: string;
  tags?: string[];
  servers?: Server[];
  security?: Record<string, string[]>[];
  parameters?: (Parameter | Reference)[];
  requestBody?: { required?: boolean; content: Record<string, MediaType> };
  responses: Record<string, Response | Reference>;
  /** By event, and then by the expression of the URL. */
  callbacks?: Record<string, Record<string, { post?: Operation }>>;
}

export interface Parameter extends Evident {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: Schema;
  /** The value that a client sends if its caller gives none, because Signzy documents no default. */
  'x-always-sent'?: string;
}

interface Response extends Evident {
  content?: Record<string, MediaType>;
  /** The error status that this response replaces. Only corrections have this marking. */
  'x-replaces'?: string;
}

export interface MediaType {
  schema: Schema;
  examples?: Record<string, Example | Reference>;
}

interface Example {
  value: unknown;
}

/** A JSON Schema of draft 2020-12, or a reference to a schema. Other keywords are allowed beside `$ref`. */
export interface Schema extends BareSchema {
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  'x-data-classification'?: DataClassification;
  /** What the property is for. The kit finds the property by its role. */
  'x-role'?: Role;
  /** The words of each status of a case. The sandbox sends the first word. */
  'x-status-words'?: Readonly<Record<string, readonly string[]>>;
  /** Keywords that a value is expected to satisfy, although Signzy does not document them. */
  'x-expected'?: BareSchema;
}

/** What a property of the response to a login is for. */
export type Role = 'token' | 'token-lifetime';

/** Extensions that neither describe nor limit a value. */
export const markings = [
  'x-data-classification',
  'x-evidence',
  'x-evidence-basis',
  'x-evidence-of',
  'x-evidence-source',
  'x-role',
  'x-sensitive-data',
  'x-status-words',
];

/** Follows `$ref` to its target. Returns any other value unchanged. */
export function resolve<T extends object>(contract: Contract, value: T | Reference): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T;
  const target = value.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (node, token) => (node as Record<string, unknown> | undefined)?.[unescapePointer(token)],
      contract,
    );
  if (target === undefined) throw new Error(`The contract has nothing at ${value.$ref}. Correct the $ref.`);
  return target as T;
}

function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
