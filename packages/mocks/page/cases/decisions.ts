import type { Event, MerchantSummary, Schemas, Status } from '../control/schemas.ts';
import { statusLabels } from '../parts/chip.tsx';
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

/** Says why no decision of this kind is possible, and what is. */
export function refusalOf(kind: DecisionKind, merchant: MerchantSummary): string {
  const { signzyAppId, status } = merchant;
  const possible = decisionKinds.filter((each) => outcomeOf(each, merchant) !== undefined);
  const verbs = possible.map((each) => decisions[each].verb.toLowerCase()).join(', ');
  const next = verbs === '' ? 'The partner must push data first.' : `Possible: ${verbs}.`;
  return `${decisions[kind].verb} is not possible: ${signzyAppId} is ${statusLabels[status].toLowerCase()}. ${next}`;
}

/** Says what the sandbox posts when a case gets a status. `origin` is the registered URL without its path. */
export function callbackWords(outcome: Status, urls: { readonly [E in Event]?: string } | undefined): string {
  if (outcome !== 'accept' && outcome !== 'reject') return 'The provider posts no callback for this.';
  if (!urls) return `The partner gets the ${outcome} callback at its registered URL, if there is one.`;
  const url = urls[outcome];
  return url === undefined
    ? `The partner has no URL for the ${outcome} callback, so nothing is posted.`
    : `The partner gets the ${outcome} callback at ${url}`;
}
