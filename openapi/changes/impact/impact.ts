/** From the highest to the lowest. */
const severities = ['major', 'minor', 'patch'] as const;

/** The severity of a change, in the terms of semantic versioning. */
export type Impact = (typeof severities)[number];

/** The impact of a change on a request, a response and a callback, and the reason. */
type Row = readonly [request: Impact, response: Impact, callback: Impact, reason: string];

/**
 * The impact of each kind of change on a request, a response and a callback. Four rules decide:
 *
 * - A change of a request breaks callers if the provider refuses what they send today, or reads it differently.
 * - A change of a response breaks callers if a promise becomes weaker. A stronger promise is harmless.
 * - A change of a callback breaks receivers if a promise becomes weaker. A stronger promise breaks them too: receivers store
 *   callbacks and process them again, and a validator of the new contract refuses an old callback.
 * - Text for people breaks nobody.
 */
const impacts = {
  // Operations and events.
  'operation-added': ['minor', 'minor', 'minor', 'No caller uses it yet.'],
  'operation-removed': ['major', 'major', 'major', 'Calls to it fail.'],
  'operation-renamed': ['major', 'major', 'major', 'Generated code uses the operationId as a name.'],
  'event-added': ['minor', 'minor', 'minor', 'It is sent only to a URL that was registered for it.'],
  'event-removed': ['major', 'major', 'major', 'Receivers no longer get it.'],
  'status-added': ['minor', 'minor', 'minor', 'Clients treat an unknown status by its class (RFC 9110).'],
  'status-removed': ['major', 'major', 'major', 'Code that sends or handles the status no longer works.'],

  // Fields: properties of a body, parameters, headers, and the body of a request as a whole.
  'field-added': ['minor', 'minor', 'minor', 'It is optional, and readers accept unknown fields.'],
  'required-field-added': ['major', 'minor', 'major', 'Existing requests and stored callbacks lack it.'],
  'field-removed': ['major', 'major', 'major', 'Sending it has no effect, and readers do not find it.'],
  'field-made-required': ['major', 'minor', 'major', 'Existing requests and stored callbacks may lack it.'],
  'field-made-optional': ['minor', 'major', 'major', 'Readers may not find it.'],
  'media-type-added': ['minor', 'minor', 'major', 'A caller can choose with Accept; a receiver cannot.'],
  'media-type-removed': ['major', 'major', 'major', 'Senders are refused, and readers get another type.'],

  // Values.
  'type-narrowed': ['major', 'minor', 'major', 'Some valid values become invalid.'],
  'type-widened': ['minor', 'major', 'major', 'Readers receive a type that they do not expect.'],
  'type-changed': ['major', 'major', 'major', 'Few or no values are valid before and after.'],
  'null-refused': ['major', 'minor', 'major', 'A null that was valid becomes invalid.'],
  'null-allowed': ['minor', 'major', 'major', 'Readers receive a null that they do not expect.'],
  'enum-value-removed': ['major', 'minor', 'major', 'A value that was valid becomes invalid.'],
  'enum-value-added': ['minor', 'major', 'major', 'The enum is closed: readers know no other value.'],
  'known-value-removed': ['major', 'minor', 'minor', 'A sender may send it, but the reader may not know it.'],
  'known-value-added': ['minor', 'minor', 'minor', 'The enum is extensible: readers accept unknown values.'],
  'limit-tightened': ['major', 'minor', 'major', 'Some valid values become invalid.'],
  'limit-loosened': ['minor', 'major', 'major', 'Readers receive values that they do not expect.'],
  'limit-changed': ['major', 'major', 'major', 'Which values are valid before and after is unknown.'],
  'default-changed': ['major', 'patch', 'patch', 'The same request now asks for something else.'],

  // Access.
  'access-tightened': ['major', 'major', 'minor', 'Credentials that were enough are refused now.'],
  'access-loosened': ['minor', 'minor', 'major', 'Fewer credentials are needed, so a callback proves less.'],
  'credential-changed': ['major', 'major', 'major', 'The credential is sent in another way.'],
  'server-added': ['minor', 'minor', 'minor', 'No caller uses it yet.'],
  'server-removed': ['major', 'major', 'major', 'Calls to it fail.'],
  'server-changed': ['major', 'major', 'major', 'Requests and credentials go to another address.'],

  // Markings and texts.
  'classification-lowered': ['minor', 'minor', 'minor', 'A masked value may become visible in logs.'],
  'classification-changed': ['patch', 'patch', 'patch', 'The mask changes, but shows no more than before.'],
  'deprecation-changed': ['minor', 'minor', 'minor', 'Everything still works.'],
  'extension-changed': ['minor', 'minor', 'minor', 'Its meaning to other tools is unknown.'],
  'specification-changed': ['minor', 'minor', 'minor', 'Tools must support the new version of OpenAPI.'],
  'component-added': ['patch', 'patch', 'patch', 'There is a new type; requests and responses are the same.'],
  'component-removed': ['minor', 'minor', 'minor', 'A type is gone; requests and responses are the same.'],
  'view-changed': ['patch', 'patch', 'patch', 'Fields that this adds or removes are listed separately.'],
  'evidence-changed': ['patch', 'patch', 'patch', 'Evidence gives the source of a fact, not the fact.'],
  'example-changed': ['patch', 'patch', 'patch', 'Examples are for people.'],
  'text-changed': ['patch', 'patch', 'patch', 'Texts are for people.'],
} as const satisfies Record<string, Row>;

/** What can change. The names read as text once the hyphens are spaces. */
export type ChangeKind = keyof typeof impacts;

/** All kinds, in the order of the table. */
export const changeKinds = Object.keys(impacts) as readonly ChangeKind[];

/** The column of the table for each direction. */
const columns = {
  request: 0,
  response: 1,
  callback: 2,
  // The partner sends an acknowledgement, as it sends a request.
  acknowledgement: 0,
  // A change of the document has the same impact in every column.
  document: 0,
} as const;

/**
 * Who sends the value that changed. The partner sends a `request` and the `acknowledgement` of a callback. The provider
 * sends a `response` and a `callback`. A change of the `document` changes no sent value.
 */
export type Direction = keyof typeof columns;

/** Looks up the impact of a change, and the reason. */
export function impactOf(kind: ChangeKind, direction: Direction): { impact: Impact; reason: string } {
  const row: Row = impacts[kind];
  return { impact: row[columns[direction]], reason: row[3] };
}

/** The highest of several impacts; `undefined` for an empty list. */
export function highestImpact(impacts: readonly Impact[]): Impact | undefined {
  return severities.find((severity) => impacts.includes(severity));
}
