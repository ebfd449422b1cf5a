import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ChangeKind, Direction, Impact } from '../../changes/impact/impact.ts';
import type { Bundle } from '../../changes/release-check.ts';

/** Two contracts, and the changes that the release check should find between them. */
interface ChangeCase {
  readonly name: string;
  readonly base: Bundle;
  readonly revision: Bundle;
  /** Such as `request field-added minor`. */
  readonly changes: readonly ExpectedChange[];
}

type ExpectedChange = `${Direction} ${ChangeKind} ${Impact}`;

/** Reads `schema-changes.yaml`, with three cases for each entry, and `document-changes.yaml`. */
export function readChangeCases(): ChangeCase[] {
  const schemas = read<SchemaChange[]>('schema-changes.yaml');
  const { cases } = read<{ cases: DocumentChange[] }>('document-changes.yaml');
  return [...schemas.flatMap(schemaCases), ...cases.map(documentCase)];
}

interface SchemaChange {
  readonly name: string;
  readonly before: object;
  readonly after: object;
  readonly changes: Readonly<Partial<Record<ChangeKind, readonly [Impact, Impact, Impact]>>>;
}

const documentsOf = { request: requestOf, response: responseOf, callback: callbackOf };

function schemaCases({ name, before, after, changes }: SchemaChange): ChangeCase[] {
  const rows = Object.entries(changes) as [ChangeKind, readonly Impact[]][];
  return (['request', 'response', 'callback'] as const).map((direction, column) => ({
    name: `${direction}: ${name}`,
    base: documentsOf[direction](before),
    revision: documentsOf[direction](after),
    changes: rows.map(([kind, impacts]) => `${direction} ${kind} ${impacts[column] ?? 'patch'}` as const),
  }));
}

const done = { 200: { description: 'Done.' } };

function requestOf(schema: object): Bundle {
  const requestBody = { required: true, content: { 'application/json': { schema } } };
  return withHead({
    paths: { '/cases': { post: { operationId: 'createCase', requestBody, responses: done } } },
  });
}

function responseOf(schema: object): Bundle {
  const responses = { 200: { description: 'Done.', content: { 'application/json': { schema } } } };
  return withHead({ paths: { '/cases': { post: { operationId: 'createCase', responses } } } });
}

function callbackOf(schema: object): Bundle {
  const requestBody = { required: true, content: { 'application/json': { schema } } };
  return withHead({ webhooks: { accept: { post: { requestBody, responses: done } } } });
}

interface DocumentChange {
  readonly name: string;
  readonly base: object;
  readonly after?: object;
  readonly patch?: object;
  readonly changes: readonly ExpectedChange[];
}

function documentCase({ name, base, after, patch, changes }: DocumentChange): ChangeCase {
  const revision = after ?? mergePatch(base, patch);
  return { name, base: withHead(base), revision: withHead(revision as object), changes };
}

function withHead(document: object): Bundle {
  return { openapi: '3.1.1', info: { title: 'Cases', version: '1.0.0' }, ...document } as Bundle;
}

/** Applies a JSON merge patch (RFC 7396). */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function read<Content>(file: string): Content {
  // By default the parser refuses a file with more than 100 uses of aliases.
  return parse(readFileSync(new URL(file, import.meta.url), 'utf8'), { maxAliasCount: -1 }) as Content;
}
