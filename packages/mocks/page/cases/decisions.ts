import type { Event, MerchantSummary, Schemas, Status } from '../control/schemas.ts';
import { statusLabels } from '../parts/chip.tsx';
import { referenceOf } from '../parts/reference-of.ts';
import type { ShortcutName } from '../session/shortcuts.ts';

export type DecisionKind = Schemas['Decision']['decision'];

interface DecisionFacts {
  /** The button: what the person does. */
  readonly verb: string;
  /** What was done. */
  readonly done: string;
  readonly shortcut: ShortcutName;
  /** The text that goes with the decision. */
  readonly text?: { readonly name: 'reason' | 'instructions'; readonly label: string; readonly hint: string };
}

const reason = {
  name: 'reason',
  label: 'Reason',
  hint: 'The partner gets this text with the callback and with a pull. It may be empty.',
} as const;

export const decisions: { readonly [Kind in DecisionKind]: DecisionFacts } = {
  accept: { verb: 'Accept', done: 'Accepted', shortcut: 'accept' },
  reject: { verb: 'Reject', done: 'Rejected', shortcut: 'reject', text: reason },
  draft: {
    verb: 'Ask for more',
    done: 'Sent back',
    shortcut: 'askForMore',
    text: {
      name: 'instructions',
      label: 'Instructions for the merchant',
      hint: 'What the merchant must add or correct.',
    },
  },
  reverse: { verb: 'Reverse', done: 'Reversed', shortcut: 'reverse', text: reason },
};

// `Object.keys` widens the keys to `string`.
export const decisionKinds = Object.keys(decisions) as DecisionKind[];

/** Returns the status that a decision leads to, or `undefined` if the present status does not allow the decision. */
export function outcomeOf(
  kind: DecisionKind,
  { status, mayBecome = [] }: MerchantSummary,
): Status | undefined {
  const isDecided = status === 'accept' || status === 'reject';
  if (kind === 'reverse') return isDecided ? mayBecome[0] : undefined;
  return !isDecided && mayBecome.includes(kind) ? kind : undefined;
}

/** Says why no decision of this kind is possible, and which decisions are possible. */
export function refusalOf(kind: DecisionKind, merchant: MerchantSummary): string {
  const { status } = merchant;
  const possible = decisionKinds.filter((each) => outcomeOf(each, merchant) !== undefined);
  const verbs = possible.map((each) => decisions[each].verb.toLowerCase()).join(', ');
  const next = verbs === '' ? 'The partner must push data first.' : `Possible: ${verbs}.`;
  return `${decisions[kind].verb} is not possible: ${referenceOf(merchant)} is ${statusLabels[status].toLowerCase()}. ${next}`;
}

/** Says that every chosen case has changed. `present` has the cases as they are now. */
export function changedWords(cases: readonly MerchantSummary[], present: readonly MerchantSummary[]): string {
  const [only] = cases;
  if (cases.length !== 1 || !only) return 'The cases have changed since you looked at them.';
  const now = present.find(({ id }) => id === only.id);
  if (!now) return 'The case does not exist any more.';
  const changed = 'The case has changed since you looked at it.';
  return now.status === only.status
    ? changed
    : `${changed} It is now ${statusLabels[now.status].toLowerCase()}.`;
}

type Urls = { readonly [E in Event]?: string };

/** Says what can follow a decision. */
export function reversalWords(outcome: Status, urls: Urls | undefined): string {
  if (outcome === 'draft') return 'The next push makes the case pending.';
  const next = outcome === 'accept' ? 'reject' : 'accept';
  return urls && urls[next] === undefined ? '' : 'A reversal posts another callback.';
}

/** Says what the sandbox posts when a case gets a status. `origin` is the registered URL without its path. */
export function callbackWords(outcome: Status, urls: Urls | undefined): string {
  if (outcome !== 'accept' && outcome !== 'reject') return 'The provider posts no callback for this status.';
  if (!urls) return `The partner gets the ${outcome} callback at its registered URL, if there is one.`;
  const url = urls[outcome];
  return url === undefined
    ? `The partner has no URL for the ${outcome} callback, so nothing is posted.`
    : `The partner gets the ${outcome} callback at ${url}`;
}
