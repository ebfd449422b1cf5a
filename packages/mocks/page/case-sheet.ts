import type { components } from '../src/control-client.ts';
import { callbackList } from './callback-list.ts';
import { answered } from './connection.ts';
import { decisionDialog } from './decision-dialog.ts';
import { element } from './element.ts';
import type { Desk } from './views.ts';
import { cell, moment, statusWords } from './words.ts';

type Schemas = components['schemas'];
export type CaseDetails = Schemas['MerchantDetails'];
type Verb = Schemas['Decision']['decision'];

interface Move {
  readonly decision: Verb;
  readonly label: string;
  readonly asks?: 'reason' | 'instructions';
}

/** A case: what can be decided, what was pushed, and what was posted about it. */
export function caseSheet(
  desk: Desk,
  details: CaseDetails,
  callbacks: readonly Schemas['Callback'][],
  toggle: (merchantId: string) => void,
): HTMLElement[] {
  const { id, signzyAppId, status, revealed } = details;
  return [
    element(
      'header',
      {},
      element('h2', {}, signzyAppId, ' ', element('span', { class: `chip ${status}` }, statusWords[status])),
      element('p', { class: 'quiet' }, 'merchant ', element('code', {}, id)),
      moveBar(desk, details),
    ),
    ...decided(details),
    element(
      'div',
      { class: 'row' },
      element('h3', {}, 'Customer'),
      element(
        'button',
        {
          type: 'button',
          id: 'reveal',
          'aria-pressed': revealed ? 'true' : 'false',
          click: () => toggle(id),
        },
        revealed ? 'Mask personal data' : 'Reveal personal data',
      ),
    ),
    valueTable('What the merchant was created with', customerOf(details)),
    element('h3', {}, 'Pushed'),
    ...pushed(details),
    element('h3', {}, 'Callbacks'),
    callbackList(desk, callbacks, false),
  ];
}

function moveBar(desk: Desk, { id, signzyAppId, status, mayBecome }: CaseDetails): HTMLElement {
  const moves = movesOf(mayBecome ?? []);
  if (moves.length === 0)
    return element(
      'p',
      { class: 'note' },
      status === 'new' ? 'Nothing to decide before it is pushed.' : 'It waits for another push.',
    );
  const buttons = moves.map(({ decision, label, asks }) =>
    element(
      'button',
      {
        type: 'button',
        id: `decide-${decision}`,
        class: `decide ${decision}`,
        click: () => decide(decision, asks),
      },
      label,
    ),
  );
  return element('div', { class: 'moves', role: 'group', 'aria-label': 'Decide' }, ...buttons);

  async function decide(decision: Verb, asks: Move['asks']): Promise<void> {
    const text = asks && (await decisionDialog(asks, signzyAppId));
    if (asks && text === undefined) return;
    const body = { decision, ...(asks && text ? { [asks]: text } : {}) } as Schemas['Decision'];
    await desk.act(`${signzyAppId} is decided.`, () =>
      answered(
        desk.control.POST('/merchants/{merchantId}/decision', { params: { path: { merchantId: id } }, body }),
      ),
    );
  }
}

/** A case that was decided has one way to go: the other. */
function movesOf(mayBecome: readonly Schemas['DecisionWord'][]): readonly Move[] {
  if (mayBecome.length === 1) return [{ decision: 'reverse', label: 'Reverse the decision', asks: 'reason' }];
  const moves: readonly Move[] = [
    { decision: 'accept', label: 'Accept' },
    { decision: 'reject', label: 'Reject…', asks: 'reason' },
    { decision: 'draft', label: 'Ask for more…', asks: 'instructions' },
  ];
  return moves.filter(({ decision }) => mayBecome.some((word) => word === decision));
}

function decided({ decision }: CaseDetails): HTMLElement[] {
  if (!decision) return [];
  const { actionBy, actionTime, reason, instructions } = decision;
  const words = [reason, instructions].filter((text) => text !== '').join(' · ');
  return [
    element(
      'p',
      { class: 'note' },
      `Decided by ${actionBy}, ${moment(actionTime)}`,
      words !== '' && `: ${words}`,
    ),
  ];
}

function customerOf({ details, createdAt }: CaseDetails): { readonly [name: string]: unknown } {
  const { name, email, mobile, username, autoLoginUrl, realm, flowName, backopsUserId } = details;
  return {
    name,
    email,
    mobile,
    username,
    autoLoginUrl,
    realm,
    flowName,
    backopsUserId,
    created: moment(createdAt),
  };
}

function pushed({ pages }: CaseDetails): HTMLElement[] {
  if (pages.length === 0) return [element('p', { class: 'quiet' }, 'Nothing yet.')];
  return pages.map(({ pageId, pageType, widgets }, at) =>
    element(
      'section',
      { class: 'page', 'aria-label': `Page ${at + 1}` },
      element(
        'h4',
        {},
        `Page ${at + 1} `,
        element('span', { class: 'quiet' }, `${pageType} · `, element('code', {}, pageId)),
      ),
      ...widgets.map(({ name, data }) => valueTable(name, data)),
    ),
  );
}

function valueTable(caption: string, values: object): HTMLElement {
  const rows = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) =>
      element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, masked(cell(value)))),
    );
  return element(
    'table',
    { class: 'values' },
    element('caption', {}, caption),
    element('tbody', {}, ...rows),
  );
}

/** What is masked looks so. */
function masked(text: string): HTMLElement | string {
  return /^\[[\w -]+\]/.test(text) ? element('span', { class: 'masked' }, text) : text;
}
