import { isDeepStrictEqual } from 'node:util';
import type { Facts } from './facts.ts';
import type { Classification, ContractNode, RuleContext } from './rule.ts';

/** The kinds of facts that are compared by value. */
export type FactKind = FactTable | 'classes' | 'formats' | 'limits' | 'words' | 'evidence';

/** The tables of `facts.yaml` whose rows are facts that the contract states in this form. */
export const factTables = [
  ...(['servers', 'security', 'places', 'statuses', 'expressions', 'headers'] as const),
  ...(['errors', 'meanings', 'roles'] as const),
];
type FactTable = (typeof factTables)[number];

/** Words of facts in which nobody would notice a mistake: units, how a token is sent, signatures, and our assumptions. */
const claimedWords =
  'bytes? (milli|micro)?seconds minutes? hours? weeks? days? [KMG]B Bearer assume doubt idempotent sign(ed|ature)?';
/** The words, numbers and hosts that only claims may have. */
const claimed = new RegExp(
  `(?<![A-Za-z0-9])\\d|(?<!-)\\b(${claimedWords.replaceAll(' ', '|')})\\b|\\b[\\w-]+(\\.[\\w-]+)*\\.(app|co|com|tech)\\b`,
);

/** The table of facts during one run of lint. It remembers the facts that the contract states. */
export class FactsTable {
  readonly #facts: Map<string, unknown>;
  readonly #claims: Facts['claims'];
  readonly #units: Facts['units'];
  readonly #unused: Set<string>;

  constructor(facts: Facts) {
    this.#facts = new Map(factsByKey(facts));
    this.#claims = facts.claims;
    this.#units = facts.units;
    const claims = facts.claims.flatMap(({ says, of }) => of.map((subject) => claimKey(subject, says)));
    const units = Object.keys(facts.units).map((subject) => `units of ${subject}`);
    this.#unused = new Set([...this.#facts.keys(), ...claims, ...units]);
  }

  /** Compares one fact that the contract states. */
  compare(kind: FactKind, subject: string, stated: unknown, { report }: RuleContext): void {
    const key = `${kind} of ${subject}`;
    this.#unused.delete(key);
    if (!isDeepStrictEqual(this.#facts.get(key), stated))
      report({
        message: `The contract has ${key}: ${JSON.stringify(stated)}. facts.yaml has ${JSON.stringify(this.#facts.get(key)) ?? 'none'}. Correct one of the two.`,
      });
  }

  /** Compares a text: each number, unit and host in it is part of a claim, and the unit of the subject is in it. */
  compareProse(subject: string, text: string, { report }: RuleContext): void {
    const ofSubject = this.#claims.filter(({ says, of }) => of.includes(subject) && text.includes(says));
    for (const { says } of ofSubject) this.#unused.delete(claimKey(subject, says));
    const unit = this.#units[subject];
    const unitWord = unit && new RegExp(`\\b${unit.unit}\\b`, 'g');
    if (unitWord && text.search(unitWord) >= 0) this.#unused.delete(`units of ${subject}`);
    const claims = ofSubject.reduce((left, { says }) => left.replaceAll(says, ''), text);
    const rest = unitWord ? claims.replaceAll(unitWord, '') : claims;
    const [word] = claimed.exec(rest) ?? [];
    if (word)
      report({
        message: `The text of ${subject} says "${word}". Add the words to the claims in facts.yaml.`,
      });
  }

  /** Checks that the example values of a subject are plausible in its unit. */
  compareExamples(subject: string, examples: object, { report }: RuleContext): void {
    const { min, max } = this.#units[subject] ?? {};
    if (min === undefined || max === undefined) return;
    if (Object.values(examples).some((value) => value < min || value > max))
      report({
        message: `An example of ${subject} is not plausible in its unit in facts.yaml. Correct one of the two.`,
      });
  }

  /** Reports the facts that the contract does not state. */
  reportUnused({ report }: RuleContext): void {
    for (const key of this.#unused)
      report({ message: `facts.yaml has ${key}, but the contract does not say so. Correct one of the two.` });
  }
}

function* factsByKey(facts: Facts): Generator<[string, unknown]> {
  for (const table of factTables)
    for (const [subject, { is }] of Object.entries(facts[table])) yield [`${table} of ${subject}`, is];
  for (const table of ['classes', 'formats'] as const)
    for (const [subject, fact] of Object.entries(facts[table])) yield [`${table} of ${subject}`, fact];
  for (const [subject, { source: _, ...limits }] of Object.entries(facts.limits))
    yield [`limits of ${subject}`, limits];
  for (const [subject, { seen, expected = [] }] of Object.entries(facts.words))
    yield [`words of ${subject}`, [...seen, ...expected].sort()];
  for (const [subject, evidence] of evidenceBySubject(facts.sources))
    yield [`evidence of ${subject}`, evidence];
}

/** The evidence of each subject: documented if a source documents it, observed if sources only show it. */
function* evidenceBySubject(sources: Facts['sources']): Generator<[subject: string, evidence: string]> {
  const rows = Object.entries(sources).flatMap(([name, { documents = [], shows = [] }]) => [
    ...documents.map((subject) => ({ subject, name, evidence: 'documented' })),
    ...shows.map((subject) => ({ subject, name, evidence: 'observed' })),
  ]);
  for (const [subject, ofSubject] of Map.groupBy(rows, ({ subject }) => subject)) {
    const documented = ofSubject.find(({ evidence }) => evidence === 'documented');
    yield [
      subject,
      evidenceText(
        documented?.evidence ?? 'observed',
        ofSubject.map(({ name }) => name),
      ),
    ];
  }
}

/** The evidence of a part with its sources, such as `documented by overview, vkyc-pull`. */
function evidenceText(evidence: string, sources: readonly string[]): string {
  return `${evidence} by ${sources.toSorted().join(', ')}`;
}

function claimKey(subject: string, says: string): string {
  return `the claim of ${subject} "${says}"`;
}

/** Keywords that limit a value. */
export const limitKeywords: ReadonlySet<string> = new Set(
  'pattern minLength maxLength minimum maximum minItems maxItems uniqueItems minProperties maxProperties default const'.split(
    ' ',
  ),
);

/** The facts that a part of the contract states with its keywords. */
export function* statedBy(node: ContractNode): Generator<[FactKind, unknown]> {
  const {
    'x-evidence': evidence,
    'x-evidence-source': sources = [],
    'x-expected': expected = {},
    'x-extensible-enum': known,
  } = node;
  if (node.security) yield ['security', node.security.map((schemes) => Object.keys(schemes).join(' and '))];
  if (node.in) yield ['places', placeOf(node)];
  if (node.responses) yield ['statuses', Object.keys(node.responses).join(' ')];
  if (node.headers) yield ['headers', Object.keys(node.headers)];
  if (node['x-data-classification']) yield ['classes', classOf(node['x-data-classification'])];
  if (node.format !== undefined) yield ['formats', node.format];
  if (node['x-role'] !== undefined) yield ['roles', node['x-role']];
  if (node['x-status-words']) yield ['meanings', node['x-status-words']];
  if (evidence !== undefined && evidence !== 'inferred') yield ['evidence', evidenceText(evidence, sources)];
  const { enum: expectedWords, ...expectedLimits } = expected;
  const words = node.enum ?? expectedWords ?? known;
  if (words) yield ['words', words.toSorted()];
  const limits = Object.fromEntries(Object.entries(node).filter(([keyword]) => limitKeywords.has(keyword)));
  const all = { ...limits, ...(Object.keys(expectedLimits).length > 0 && { expected: expectedLimits }) };
  if (Object.keys(all).length > 0) yield ['limits', all];
}

/**
 * Where a request has a parameter or a token, such as `path merchantId` or `query flowId, optional`. A header of a response
 * has its name elsewhere.
 */
export function placeOf({ in: where, name, required, 'x-always-sent': sent }: ContractNode): string {
  const optional = required === false ? ', optional' : '';
  return `${where ?? 'response'} ${name ?? 'header'}${optional}${sent === undefined ? '' : `, sent as ${sent}`}`;
}

/** What data a value is, such as `contact confidential partial 2`. */
function classOf({ category, sensitivity, masking = {} }: Classification): string {
  return [category, sensitivity, ...Object.values(masking)].join(' ');
}

/** What an error says: its `statusCode`, `name`, `code` and `message`, and the names of its other properties. */
export function errorText(body: unknown): string {
  if (typeof body === 'string') return body;
  const { error = body } = Object(body) as { error?: unknown };
  const { statusCode, name, code, message, ...others } = Object(error) as Record<string, unknown>;
  const said = [statusCode, name, code, message].filter((part) => part !== undefined);
  return [...said, ...Object.keys(others)].join(', ');
}
