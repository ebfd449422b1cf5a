import { parameters, redact, requests, responses } from '@partner-ecosystem/openapi/classification';
import { operations } from '@partner-ecosystem/openapi/operations';
import type { Violation } from '@partner-ecosystem/openapi/validators';
import { isStorePath, route } from '../core/contract/route.ts';
import { type Basis, basisOf, behaviours, type Fidelity } from '../core/model/behaviours.ts';
import type { AnsweredBy, ApiRequest, Effect, RequestBody, StepResponse } from '../core/model/command.ts';
import type { Attempt, QueuedCallback } from '../core/model/queued-callback.ts';
import type { Transport } from '../core/model/transport.ts';
import type { SandboxResponse } from '../transport/sandbox-response.ts';

const maxEntries = 1000;

interface Entry {
  /** Counts from 1. */
  readonly id: number;
  /** When it happened, in epoch milliseconds. */
  readonly at: number;
  /** How far it can be trusted to be what the provider does. */
  readonly fidelity: Fidelity;
  /** Why, in a line. */
  readonly basis: string;
}

/** One request and its response, without secrets and personal data. */
export interface RequestEntry extends Entry {
  readonly kind: 'request';
  readonly transport: Transport;
  readonly method: string;
  /** The path of the contract, its parameters not filled in. */
  readonly path: string;
  /** Its parameters by name, in the path and in the query, as far as the contract calls them public. */
  readonly parameters?: unknown;
  /** An operationId; `download` for a stored file; `unknown` for a path or method that is not there. */
  readonly operation: string;
  /** 0 where no answer went out. */
  readonly status: number;
  readonly answeredBy: AnsweredBy;
  /** The kinds of the faults that struck. */
  readonly faults: readonly string[];
  /** How the request departs from the contract. */
  readonly violations: readonly Violation[];
  /** The body of the request, as far as the contract calls it public. */
  readonly request?: unknown;
  /** The body of the response, likewise, before a fault had its way with how it travels. */
  readonly response?: unknown;
}

/** A case that moved. */
export type MoveEntry = Entry & Extract<Effect, { kind: 'move' }>;

/** An attempt to post a callback. */
export interface CallbackEntry extends Entry {
  readonly kind: 'callback';
  readonly callbackId: string;
  readonly merchantId: string;
  readonly event: QueuedCallback['event'];
  readonly faults: readonly string[];
  /** The status of the response, if one came. */
  readonly status?: number;
  /** Why none came. */
  readonly problem?: string;
}

/** What happened in a sandbox. */
export type JournalEntry = RequestEntry | MoveEntry | CallbackEntry;

/** Keeps the newest entries. They are written when they are read, so that a request does not wait for that. */
export interface Journal {
  readonly add: (write: (id: number) => JournalEntry) => void;
  /** Oldest first. */
  readonly all: () => readonly JournalEntry[];
  readonly clear: () => void;
}

export function createJournal(): Journal {
  let count = 0;
  let kept: { readonly id: number; readonly write: (id: number) => JournalEntry }[] = [];
  return {
    add: (write) => {
      kept.push({ id: ++count, write });
      if (kept.length >= 2 * maxEntries) kept = kept.slice(-maxEntries);
    },
    all: () => kept.slice(-maxEntries).map(({ id, write }) => structuredClone(write(id))),
    clear: () => {
      kept = [];
    },
  };
}

/**
 * What the journal keeps of a request. An upload is masked at once, so that no file is kept for the journal's sake; and
 * an answer is kept as the text that went out where it can be, since a thousand texts are less to look after than what
 * they were made of.
 */
export function requestEntry(
  at: number,
  request: ApiRequest,
  response: StepResponse,
  { body: text }: SandboxResponse,
): (id: number) => RequestEntry {
  const isUpload = request.body.kind === 'read' && isStorePath(request.path);
  const kept = isUpload ? { ...request, body: maskedBody(request) } : request;
  if (!('body' in response)) {
    const { file: _, ...download } = response;
    return (id) => writeRequest({ id, at }, kept, { ...download, body: undefined });
  }
  if (response.transmission || typeof text !== 'string')
    return (id) => writeRequest({ id, at }, kept, response);
  const { body: _, ...told } = response;
  return (id) => writeRequest({ id, at }, kept, { ...told, body: JSON.parse(text) });
}

type Answered = Extract<StepResponse, { readonly body: unknown }>;

function writeRequest(
  happened: Pick<Entry, 'id' | 'at'>,
  request: ApiRequest,
  response: Answered,
): RequestEntry {
  const target = route(request.method, request.path);
  const { method, transport } = request;
  const { answeredBy = 'machine', faults = [], violations = [], status } = response;
  const kinds = faults.map(({ kind }) => kind);
  const told = {
    kind: 'request' as const,
    ...happened,
    transport,
    method,
    status,
    answeredBy,
    violations,
    faults: kinds,
  };
  if (target.kind === 'nothing')
    return { ...told, ...(response.basis ?? behaviours.noSuchPath), operation: 'unknown', path: '…' };
  if (target.kind === 'download')
    return {
      ...told,
      ...(response.basis ?? behaviours.fileDownload),
      operation: 'download',
      path: downloadPath,
    };
  const { operationId } = target;
  const body = maskedBody(request);
  const given = { ...Object.fromEntries(request.query), ...target.parameters };
  const classified = responses[operationId][status];
  return {
    ...told,
    ...(response.basis ?? basisOf(operationId)),
    operation: operationId,
    path: operations[operationId].path,
    ...(parameters[operationId] && { parameters: redact(given, parameters[operationId]) }),
    ...(body.kind === 'read' && { request: body.value }),
    ...(classified && { response: redact(response.body, classified) }),
  };
}

/** Masking twice masks no less. */
function maskedBody({ method, path, body }: ApiRequest): RequestBody {
  const target = route(method, path);
  if (body.kind !== 'read' || target.kind !== 'operation') return { kind: 'none' };
  return { kind: 'read', value: redact(body.value, requests[target.operationId]) };
}

/** What the journal keeps of a case that moved. */
export function moveEntry(at: number, effect: Extract<Effect, { kind: 'move' }>): (id: number) => MoveEntry {
  return (id) => ({ id, at, ...effect, ...basisOfMove(effect) });
}

/** What the journal keeps of an attempt. */
export function callbackEntry(callback: QueuedCallback, attempt: Attempt): (id: number) => CallbackEntry {
  const { id: callbackId, merchantId, event, faults } = callback;
  const basis = behaviours[callback.attempts.length > 0 ? 'fibonacci' : 'callback'];
  return (id) => ({ kind: 'callback', id, ...attempt, callbackId, merchantId, event, faults, ...basis });
}

const downloadPath = '/api/files/{id}/download/{name}';

function basisOfMove({ from, move }: Extract<Effect, { kind: 'move' }>): Basis {
  if (move === 'push') return behaviours.pushMakesPending;
  if (move === 'draft') return behaviours.askForMore;
  return from === 'pending' ? behaviours.decision : behaviours.decisionFinality;
}
