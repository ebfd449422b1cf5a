import { parameters, redact, requests, responses } from '@partner-ecosystem/openapi/classification';
import { operations } from '@partner-ecosystem/openapi/operations';
import type { Violation } from '@partner-ecosystem/openapi/validators';
import { type Basis, basisOf, behaviours } from '../core/model/behaviours.ts';
import type { AnsweredBy, ApiRequest, Effect, RequestBody, StepResponse } from '../core/model/command.ts';
import type { Attempt, QueuedCallback } from '../core/model/queued-callback.ts';
import type { Transport } from '../core/model/transmission.ts';
import type { SandboxResponse } from '../transport/sandbox-response.ts';
import { bytesOf, headerBytes } from './bytes-of.ts';
import { caseOf } from './case-of.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import { createRecentList } from './recent-list.ts';

const maxEntries = 1000;
const maxJournalBytes = 8 * 1024 * 1024;
const maxBodyBytes = 64 * 1024;
const maxViolations = 20;
const maxPointerLength = 500;
/** The size of an entry without bodies, in bytes. */
const smallBytes = 500;

interface Entry extends Basis {
  /** Counts from 1. */
  readonly id: number;
  /** The time of the entry, in epoch milliseconds. */
  readonly at: number;
}

/** One request and its response, without secrets and personal data. */
export interface RequestEntry extends Entry {
  readonly kind: 'request';
  readonly transport: Transport;
  readonly method: string;
  /** The path template of the contract. */
  readonly path: string;
  /** The parameters of the path and the query, by name. Values that are neither public nor internal are masked. */
  readonly parameters?: unknown;
  /** An operationId; `download` for a stored file; `unknown` for an unknown path or method. */
  readonly operation: string;
  /** The id of the case that the request is about. For a creation: the id in the response. */
  readonly merchantId?: string;
  /** 0 if no response was sent. */
  readonly status: number;
  /** Milliseconds from the request to the response, by the sandbox's clock, including the delay of a fault. */
  readonly tookMs: number;
  readonly answeredBy: AnsweredBy;
  /** The kinds of the faults that struck. */
  readonly faults: readonly string[];
  /** How the request violates the contract. */
  readonly violations: readonly Violation[];
  /** Differences of the request from what the contract expects. Signzy does not forbid them. */
  readonly warnings: readonly Violation[];
  /** The request's body. Values that the contract classifies as neither public nor internal are masked. */
  readonly request?: unknown;
  /** The response's body, masked in the same way, before a fault changed its transmission. */
  readonly response?: unknown;
  /** Whether a body is missing here because it is larger than 64 KB. */
  readonly bodyOmitted?: true;
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

/** An entry of the journal. */
export type JournalEntry = RequestEntry | MoveEntry | CallbackEntry;

type MoveEffect = Extract<Effect, { kind: 'move' }>;
type JsonResponse = Extract<StepResponse, { readonly body: unknown }>;

/** What the journal keeps of a request. */
interface RequestRecord {
  readonly at: number;
  readonly request: Omit<ApiRequest, 'authorization'>;
  readonly response: JsonResponse;
  /** The body of the response as it was sent. */
  readonly text?: string;
  readonly bodyOmitted?: true;
  readonly tookMs: number;
  readonly merchantId: string | undefined;
}

/** The plain data of an entry. Only reading the journal creates the entry, so that requests do not wait for that work. */
type JournalRecord =
  | RequestRecord
  | { readonly at: number; readonly move: MoveEffect }
  | { readonly callback: CallbackFacts; readonly attempt: Attempt };

type CallbackFacts = Pick<QueuedCallback, 'id' | 'merchantId' | 'event' | 'faults' | 'attempts'>;

/** A response as it was sent, and the milliseconds from the request to the end of its delay. */
type SentResponse = SandboxResponse & { readonly tookMs: number };

export type Journal = ReturnType<typeof createJournal>;

/** Keeps the newest 1000 entries, or fewer entries if they are larger than 8 MB together. */
export function createJournal() {
  const kept = createRecentList<JournalRecord>({ maxItems: maxEntries, maxBytes: maxJournalBytes });

  return {
    addRequest: (at: number, request: ApiRequest, response: StepResponse, sent: SentResponse): void => {
      const { bytes, ...record } = requestRecord(request, response, sent);
      const { tookMs } = sent;
      kept.add({ ...record, at, tookMs, merchantId: caseOf(request, response) }, bytes);
    },
    addMove: (at: number, move: MoveEffect): void => kept.add({ at, move }, smallBytes),
    /** `callback` is the callback before the attempt. */
    addAttempt: (callback: QueuedCallback, attempt: Attempt): void => {
      const { id, merchantId, event, faults, attempts } = callback;
      kept.add({ callback: { id, merchantId, event, faults, attempts }, attempt }, smallBytes);
    },
    /** Returns the entries, oldest first. */
    all: (): readonly JournalEntry[] =>
      kept.items().map((record, index) => structuredClone(entryOf(record, kept.dropped() + index + 1))),
    /** Returns a request with its headers and bodies. */
    exchange: (id: number, reveal: boolean): Exchange | undefined => {
      const record = kept.items()[id - kept.dropped() - 1];
      if (!record || !('request' in record)) return undefined;
      const entry = entryOf(record, id) as RequestEntry; // A record of a request becomes an entry of a request.
      const { request, tookMs } = record;
      return structuredClone(
        exchangeOf(entry, { request, responseBody: responseBodyOf(record), tookMs }, reveal),
      );
    },
    clear: kept.clear,
  };
}

/**
 * Masks uploads at once and drops downloads, so that the journal keeps no file. Bodies of more than 64 KB are left out. A
 * response is kept as the text that was sent, if possible: a thousand texts are less work for the garbage collector than
 * a thousand object trees.
 */
function requestRecord(request: ApiRequest, response: StepResponse, { body }: SandboxResponse) {
  const { method, target, transport, path, origin, headers = {} } = request;
  const isUpload = request.body.kind === 'read' && request.target.host === 'file-store';
  const requestBytes = isUpload ? smallBytes : bytesOf(request.body);
  const responseBytes = typeof body === 'string' ? body.length : 0;
  const isLarge = requestBytes > maxBodyBytes;
  const kept = {
    method,
    transport,
    target,
    origin,
    headers,
    path: path.slice(0, maxBodyBytes),
    query: path.length > maxBodyBytes ? [] : request.query,
    body: isUpload ? maskedBody(request) : isLarge ? ({ kind: 'none' } as const) : request.body,
  };
  const bytes = smallBytes + path.length + headerBytes(headers) + (isLarge ? 0 : requestBytes);
  const omitted = isLarge && { bodyOmitted: true as const };
  if (!('body' in response)) {
    const { file: _, ...download } = response;
    return { bytes, request: kept, response: { ...download, body: undefined } };
  }
  const { violations, warnings } = response;
  const known = violations || warnings ? { ...response, ...shortened(response) } : response;
  const bodiless = { ...known, body: undefined };
  if (responseBytes > maxBodyBytes)
    return { bytes, request: kept, response: bodiless, bodyOmitted: true as const };
  const whole = { bytes: bytes + responseBytes, request: kept, ...omitted };
  if (response.transmission || typeof body !== 'string') return { ...whole, response: known };
  return { ...whole, response: bodiless, text: body };
}

/** A caller decides how many violations a request has, and how long their pointers are. */
function shortened({ violations = [], warnings = [] }: Pick<JsonResponse, 'violations' | 'warnings'>) {
  const shorten = (list: readonly Violation[]) =>
    list
      .slice(0, maxViolations)
      .map((each) => ({ ...each, pointer: each.pointer.slice(0, maxPointerLength) }));
  return {
    ...(violations.length > 0 && { violations: shorten(violations) }),
    ...(warnings.length > 0 && { warnings: shorten(warnings) }),
  };
}

function entryOf(record: JournalRecord, id: number): JournalEntry {
  if ('move' in record) return { id, at: record.at, ...record.move, ...basisOfMove(record.move) };
  if ('callback' in record) return callbackEntry(record.callback, record.attempt, id);
  const { at, request, response, tookMs, bodyOmitted, merchantId } = record;
  const facts = { ...(bodyOmitted && { bodyOmitted }), ...(merchantId !== undefined && { merchantId }) };
  return requestEntry({ kind: 'request', id, at, tookMs, ...facts }, request, {
    ...response,
    body: responseBodyOf(record),
  });
}

function responseBodyOf({ response, text }: RequestRecord): unknown {
  return text ? JSON.parse(text) : response.body;
}

function requestEntry(
  event: Pick<RequestEntry, 'kind' | 'id' | 'at' | 'tookMs' | 'bodyOmitted' | 'merchantId'>,
  request: RequestRecord['request'],
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
function maskedBody({ target, body }: RequestRecord['request']): RequestBody {
  if (body.kind !== 'read' || target.kind !== 'operation') return { kind: 'none' };
  return { kind: 'read', value: redact(body.value, requests[target.operationId]) };
}

function callbackEntry(callback: CallbackFacts, attempt: Attempt, id: number): CallbackEntry {
  const { id: callbackId, merchantId, event, faults } = callback;
  const basis = behaviours[callback.attempts.length > 0 ? 'fibonacci' : 'callback'];
  return { kind: 'callback', id, ...attempt, callbackId, merchantId, event, faults, ...basis };
}

function basisOfMove({ from, move }: MoveEffect): Basis {
  if (move === 'push') return behaviours.pushMakesPending;
  if (move === 'draft') return behaviours.askForMore;
  return from === 'pending' ? behaviours.decision : behaviours.decisionFinality;
}
