import type { Direction } from './change.ts';

/** How far a change reaches, in the words of semantic versioning. */
export type Impact = 'major' | 'minor' | 'patch';

/** What a change does to a request, to a response and to a callback, and why. */
type Row = readonly [request: Impact, response: Impact, callback: Impact, because: string];

/**
 * What each kind of change does: to a request, to a response, to a callback. It rests on four rules.
 *
 * - A request breaks its callers when what they send today is no longer taken, or is taken in another sense.
 * - A response breaks its callers when what they rely on today is no longer promised. A stronger promise does no harm.
 * - A callback breaks its receivers when a promise gets weaker, and also when it gets stronger: callbacks are stored
 *   and sent again, and a validator of the new contract refuses an old one.
 * - What is written for people breaks nobody.
 */
const impacts = {
  // Operations and events.
  'operation-added': ['minor', 'minor', 'minor', 'Nobody calls it yet.'],
  'operation-removed': ['major', 'major', 'major', 'Who calls it gets no answer.'],
  'operation-renamed': ['major', 'major', 'major', 'It is a name in all that is derived.'],
  'event-added': ['minor', 'minor', 'minor', 'It only goes to a URL that was registered for it.'],
  'event-removed': ['major', 'major', 'major', 'Who waits for it waits for ever.'],
  'status-added': ['minor', 'minor', 'minor', 'An unknown one is read by its class (RFC 9110).'],
  'status-removed': ['major', 'major', 'major', 'Who reads or sends it has no use for it now.'],

  // Members of bodies, parameters, headers, and the body of a request as a whole.
  'member-added': ['minor', 'minor', 'minor', 'It may be left out, and readers take any.'],
  'required-member-added': ['major', 'minor', 'major', 'Requests and stored callbacks are without it.'],
  'member-removed': ['major', 'major', 'major', 'Where it is sent it is lost, where it is read, missed.'],
  'member-made-required': ['major', 'minor', 'major', 'Requests and stored callbacks may be without it.'],
  'member-made-optional': ['minor', 'major', 'major', 'Who reads it may find nothing there.'],
  'media-type-added': ['minor', 'minor', 'major', 'A caller says what it accepts, a receiver cannot.'],
  'media-type-removed': ['major', 'major', 'major', 'Who sends it is refused, who reads it, misled.'],

  // Values.
  'type-narrowed': ['major', 'minor', 'major', 'Values that were valid no longer are.'],
  'type-widened': ['minor', 'major', 'major', 'A reader meets a type it does not expect.'],
  'type-changed': ['major', 'major', 'major', 'No value, or not every value, is valid in both.'],
  'null-refused': ['major', 'minor', 'major', 'A null that was valid no longer is.'],
  'null-allowed': ['minor', 'major', 'major', 'A reader meets a null it does not expect.'],
  'word-removed': ['major', 'minor', 'major', 'A word that was valid no longer is.'],
  'word-added': ['minor', 'major', 'major', 'The list is closed: a reader knows no other word.'],
  'open-word-removed': ['major', 'minor', 'minor', 'It may be sent, but is it understood?'],
  'open-word-added': ['minor', 'minor', 'minor', 'The list is open: readers take words they do not know.'],
  'limit-tightened': ['major', 'minor', 'major', 'Values that were valid no longer are.'],
  'limit-loosened': ['minor', 'major', 'major', 'A reader meets values it does not expect.'],
  'limit-changed': ['major', 'major', 'major', 'Nobody can tell which values are valid in both.'],
  'default-changed': ['major', 'patch', 'patch', 'The same request asks for something else.'],

  // Access.
  'access-tightened': ['major', 'major', 'minor', 'What sufficed no longer does.'],
  'access-loosened': ['minor', 'minor', 'major', 'Less suffices, and a callback proves less.'],
  'credential-changed': ['major', 'major', 'major', 'The credential travels in another way.'],
  'server-added': ['minor', 'minor', 'minor', 'Nobody calls it yet.'],
  'server-removed': ['major', 'major', 'major', 'Who calls it gets no answer.'],
  'server-changed': ['major', 'major', 'major', 'Requests and credentials go elsewhere.'],

  // Markings and texts.
  'classification-lowered': ['minor', 'minor', 'minor', 'What was masked may show in logs.'],
  'classification-changed': ['patch', 'patch', 'patch', 'It is masked otherwise, and never less.'],
  'deprecation-changed': ['minor', 'minor', 'minor', 'Nothing stops working yet.'],
  'extension-changed': ['minor', 'minor', 'minor', 'It may mean anything to a tool.'],
  'specification-changed': ['minor', 'minor', 'minor', 'Tools have to know the new one.'],
  'component-added': ['patch', 'patch', 'patch', 'There is one more type, and the wire is as it was.'],
  'component-removed': ['minor', 'minor', 'minor', 'A type is gone, though the wire is as it was.'],
  'view-changed': ['patch', 'patch', 'patch', 'A member that goes or comes by it is listed itself.'],
  'evidence-changed': ['patch', 'patch', 'patch', 'It says how we know, and not what holds.'],
  'example-changed': ['patch', 'patch', 'patch', 'It is written for people.'],
  'text-changed': ['patch', 'patch', 'patch', 'It is written for people.'],
} as const;

/** What can change, in words that read as a sentence. */
export type ChangeKind = keyof typeof impacts;

/** All kinds, in the order of the table. */
export const changeKinds: readonly ChangeKind[] = Object.keys(impacts) as ChangeKind[];

/** The column of the table for each direction. */
const columns: Record<Direction, 0 | 1 | 2> = {
  request: 0,
  response: 1,
  callback: 2,
  // The partner sends an acknowledgement, as it sends a request.
  acknowledgement: 0,
  // What happens to the document is the same in all columns.
  document: 0,
};

/** What a change does, and why. */
export function impactOf(kind: ChangeKind, direction: Direction): { impact: Impact; because: string } {
  const row: Row = impacts[kind];
  return { impact: row[columns[direction]], because: row[3] };
}

const heights: Record<Impact, number> = { patch: 0, minor: 1, major: 2 };

/** The farthest reaching of several impacts; undefined where there is none. */
export function highestImpact(several: readonly Impact[]): Impact | undefined {
  return several.toSorted((one, other) => heights[other] - heights[one])[0];
}
