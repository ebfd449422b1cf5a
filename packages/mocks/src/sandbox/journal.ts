import { parameters, redact, requests, responses } from '@partner-ecosystem/openapi/classification';
import { operations } from '@partner-ecosystem/openapi/operations';
import type { Violation } from '@partner-ecosystem/openapi/validators';
import { type Basis, basisOf, behaviours } from '../core/model/behaviours.ts';
import type { AnsweredBy, ApiRequest, Effect, RequestBody, StepResponse } from '../core/model/command.ts';
import type { Attempt, QueuedCallback } from '../core/model/queued-callback.ts';
import type { Transport } from '../core/model/transmission.ts';
import type { SandboxResponse } from '../transport/sandbox-response.ts';
import { type Exchange, exchangeOf } from './exchange.ts';

const maxEntries = 1000;

interface Entry extends Basis {
  /** Counts from 1. */
  readonly id: number;
  /** The time of the event, in epoch milliseconds. */
  readonly at: number;
}

/** One request and its response, without secrets and personal data. */
export interface RequestEntry extends Entry {
  readonly kind: 'request';
  readonly transport: Transport;
  readonly method: string;
  /** The path template of the contract. */
  readonly path: string;
  /** The parameters of the path and the query that the contract classifies as public, by name. */
  readonly parameters?: unknown;
  /** An operationId; `download` for a stored file; `unknown` for an unknown path or method. */
  readonly operation: string;
  /** 0 if no response was sent. */
  readonly status: number;
  readonly answeredBy: AnsweredBy;
  /** The kinds of the faults that struck. */
  readonly faults: readonly string[];
  /** How the request violates the contract. */
  readonly violations: readonly Violation[];
  /** What the contract does not expect of the request, although Signzy does not forbid it. */
  readonly warnings: readonly Violation[];
  /** The parts of the request's body that the contract classifies as public. */
  readonly request?: unknown;
  /** The public parts of the response's body, before a fault changed its transmission. */
  readonly response?: unknown;
}

/** A case that moved. */
export type MoveEntry = Entry & MoveEffect;

/** An attempt to post a callback. */
export interface CallbackEntry
  extends Entry,
    Omit<Attempt, 'at'>,
    Pick<QueuedCallback, 'merchantId' | 'event' | 'faults'> {
  readonly kind: 'callback';
  readonly callbackId: string;
}

/** An event in a sandbox. */
export type JournalEntry = RequestEntry | MoveEntry | CallbackEntry;

type MoveEffect = Extract<Effect, { kind: 'move' }>;
type JsonResponse = Extract<StepResponse, { readonly body: unknown }>;

/** An event as plain data. Reading the journal turns it into an entry, so that requests do not wait for that work. */
type JournalRecord =
  | {
      readonly at: number;
      readonly request: ApiRequest;
      readonly response: JsonResponse;
      readonly text?: string;
      readonly tookMs: number;
    }
  | { readonly at: number; readonly move: MoveEffect }
  | { readonly callback: QueuedCallback; readonly attempt: Attempt };

/** A response as it was sent, and the milliseconds from the request to the end of its delay. */
type SentResponse = SandboxResponse & { readonly tookMs: number };

export type Journal = ReturnType<typeof createJournal>;

/** Keeps the newest 1000 events. */
export function createJournal() {
  let count = 0;
  let records: JournalRecord[] = [];

  function add(record: JournalRecord): void {
    count++;
    records.push(record);
    if (records.length >= 2 * maxEntries) records = records.slice(-maxEntries);
  }

  return {
    addRequest: (at: number, request: ApiRequest, response: StepResponse, sent: SentResponse): void =>
      add({ at, tookMs: sent.tookMs, ...requestRecord(request, response, sent) }),
    addMove: (at: number, move: MoveEffect): void => add({ at, move }),
    /** `callback` is the callback before the attempt. */
    addAttempt: (callback: QueuedCallback, attempt: Attempt): void => add({ callback, attempt }),
    /** Returns the entries, oldest first. */
    all: (): readonly JournalEntry[] => {
      const kept = records.slice(-maxEntries);
      return kept.map((record, index) => structuredClone(entryOf(record, count - kept.length + index + 1)));
    },
    /** Returns a request with its headers and bodies. */
    exchange: (id: number, reveal: boolean): Exchange | undefined => {
      const record = id > count - maxEntries ? records[records.length - 1 - (count - id)] : undefined;
      if (!record || !('request' in record)) return undefined;
      const entry = entryOf(record, id) as RequestEntry; // A record of a request becomes an entry of a request.
      const { request, response, text, tookMs } = record;
      const body = text === undefined ? response.body : JSON.parse(text);
      return structuredClone(exchangeOf(entry, { request, responseBody: body, tookMs }, reveal));
    },
    clear: (): void => {
      records = [];
    },
  };
}

/**
 * Masks uploads at once and drops downloads, so that the journal keeps no file. A response is kept as the text that was
 * sent, if possible: a thousand texts are less work for the garbage collector than a thousand object trees.
 */
function requestRecord(request: ApiRequest, response: StepResponse, { body: text }: SandboxResponse) {
  const isUpload = request.body.kind === 'read' && request.target.host === 'file-store';
  const kept = isUpload ? { ...request, body: maskedBody(request) } : request;
  if (!('body' in response)) {
    const { file: _, ...download } = response;
    return { request: kept, response: { ...download, body: undefined } };
  }
  if (response.transmission || typeof text !== 'string') return { request: kept, response };
  return { request: kept, response: { ...response, body: undefined }, text };
}

function entryOf(record: JournalRecord, id: number): JournalEntry {
  if ('move' in record) return { id, at: record.at, ...record.move, ...basisOfMove(record.move) };
  if ('callback' in record) return callbackEntry(record.callback, record.attempt, id);
  const { at, request, response, text } = record;
  const body = text === undefined ? response.body : JSON.parse(text);
  return requestEntry({ kind: 'request', id, at }, request, { ...response, body });
}

function requestEntry(
  event: Pick<RequestEntry, 'kind' | 'id' | 'at'>,
  request: ApiRequest,
  response: JsonResponse,
): RequestEntry {
  const { target, method, transport } = request;
  const { answeredBy = 'machine', violations = [], warnings = [], status } = response;
  const faults = (response.faults ?? []).map(({ kind }) => kind);
  const facts = { ...event, transport, method, status, answeredBy, violations, warnings, faults };
  if (target.kind === 'nothing')
    return { ...facts, ...(response.basis ?? behaviours.noSuchPath), operation: 'unknown', path: '…' };
  if (target.kind === 'download')
    return {
      ...facts,
      ...(response.basis ?? behaviours.fileDownload),
      operation: 'download',
      path: '/api/files/{id}/download/{name}',
    };
  const { operationId } = target;
  const body = maskedBody(request);
  const given = { ...Object.fromEntries(request.query), ...target.parameters };
  const classified = responses[operationId][status];
  return {
    ...facts,
    ...(response.basis ?? basisOf(operationId)),
    operation: operationId,
    path: operations[operationId].path,
    ...(parameters[operationId] && { parameters: redact(given, parameters[operationId]) }),
    ...(body.kind === 'read' && { request: body.value }),
    ...(classified && { response: redact(response.body, classified) }),
  };
}

/** Masks a request's body. A second call changes nothing. */
function maskedBody({ target, body }: ApiRequest): RequestBody {
  if (body.kind !== 'read' || target.kind !== 'operation') return { kind: 'none' };
  return { kind: 'read', value: redact(body.value, requests[target.operationId]) };
}

function callbackEntry(callback: QueuedCallback, attempt: Attempt, id: number): CallbackEntry {
  const { id: callbackId, merchantId, event, faults } = callback;
  const basis = behaviours[callback.attempts.length > 0 ? 'fibonacci' : 'callback'];
  return { kind: 'callback', id, ...attempt, callbackId, merchantId, event, faults, ...basis };
}

function basisOfMove({ from, move }: MoveEffect): Basis {
  if (move === 'push') return behaviours.pushMakesPending;
  if (move === 'draft') return behaviours.askForMore;
  return from === 'pending' ? behaviours.decision : behaviours.decisionFinality;
}
