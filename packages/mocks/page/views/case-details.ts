import type { components } from '../../src/control-client.ts';
import { dataOf } from '../shell/connection.ts';
import { button, element, quiet } from '../shell/element.ts';
import { formatTime, statusLabels } from '../shell/format.ts';
import type { PageContext } from '../shell/page-context.ts';
import { callbackList } from './callbacks-view.ts';
import { askForText } from './decision-dialog.ts';

type Schemas = components['schemas'];
export type CaseDetails = Schemas['MerchantDetails'];

interface DecisionButton {
  readonly decision: Schemas['Decision']['decision'];
  readonly label: string;
  readonly asksFor?: 'reason' | 'instructions';
}

/** Shows a case: the possible decisions, the pushed data and the callbacks. */
export function caseDetails(
  context: PageContext,
  details: CaseDetails,
  callbacks: readonly Schemas['Callback'][],
  toggleReveal: (merchantId: string) => void,
): HTMLElement[] {
  const { id, signzyAppId, status, revealed } = details;
  const click = () => toggleReveal(id);
  const pressed = revealed ? 'true' : 'false';
  return [
    element(
      'header',
      {},
      element('h2', {}, signzyAppId, ' ', element('span', { class: `chip ${status}` }, statusLabels[status])),
      quiet('merchant ', element('code', {}, id)),
      decisionButtons(context, details),
    ),
    ...lastDecision(details),
    element(
      'div',
      { class: 'row' },
      element('h3', {}, 'Customer'),
      button(
        { id: 'reveal', 'aria-pressed': pressed, click },
        revealed ? 'Mask personal data' : 'Reveal personal data',
      ),
    ),
    valueTable('Values from the creation of the merchant', customerOf(details)),
    element('h3', {}, 'Pushed data'),
    ...pushedPages(details),
    element('h3', {}, 'Callbacks'),
    callbackList(context, callbacks, false),
  ];
}

function decisionButtons({ act, control }: PageContext, details: CaseDetails): HTMLElement {
  const { id, signzyAppId, status, mayBecome } = details;
  const offered = decisionsFor(mayBecome ?? []);
  if (offered.length === 0) {
    const text =
      status === 'new' ? 'A decision is possible after the first push.' : 'The case waits for another push.';
    return element('p', { class: 'note' }, text);
  }
  const buttons = offered.map((offer) => {
    const { decision, label } = offer;
    return button(
      { id: `decide-${decision}`, class: `decide ${decision}`, click: () => decide(offer) },
      label,
    );
  });
  return element('div', { class: 'moves', role: 'group', 'aria-label': 'Decide' }, ...buttons);

  async function decide({ decision, asksFor }: DecisionButton): Promise<void> {
    const text = asksFor && (await askForText(asksFor, signzyAppId));
    if (asksFor && text === undefined) return;
    const body = { decision, ...(asksFor && text && { [asksFor]: text }) } as Schemas['Decision'];
    const params = { path: { merchantId: id } };
    await act(`${signzyAppId}: the decision was made.`, () =>
      dataOf(control.POST('/merchants/{merchantId}/decision', { params, body })),
    );
  }
}

/** An accepted or rejected case can only be reversed. */
function decisionsFor(mayBecome: readonly string[]): readonly DecisionButton[] {
  if (mayBecome.length === 1)
    return [{ decision: 'reverse', label: 'Reverse the decision', asksFor: 'reason' }];
  const all: readonly DecisionButton[] = [
    { decision: 'accept', label: 'Accept' },
    { decision: 'reject', label: 'Reject…', asksFor: 'reason' },
    { decision: 'draft', label: 'Ask for more…', asksFor: 'instructions' },
  ];
  return all.filter(({ decision }) => mayBecome.includes(decision));
}

function lastDecision({ decision }: CaseDetails): HTMLElement[] {
  if (!decision) return [];
  const { actionBy, actionTime, reason, instructions } = decision;
  const head = `Decided by ${actionBy}, ${formatTime(actionTime)}`;
  const remarks = [reason, instructions].filter((text) => text !== '').join(' · ');
  return [element('p', { class: 'note' }, remarks === '' ? head : `${head}: ${remarks}`)];
}

function customerOf({ details, createdAt }: CaseDetails): { readonly [name: string]: unknown } {
  const names = ['name', 'email', 'mobile', 'username', 'autoLoginUrl', 'realm', 'flowName', 'backopsUserId'];
  const values = Object.fromEntries(names.map((name) => [name, details[name]]));
  return { ...values, created: formatTime(createdAt) };
}

function pushedPages({ pages }: CaseDetails): HTMLElement[] {
  if (pages.length === 0) return [quiet('No data yet.')];
  return pages.map(({ pageId, pageType, widgets }, index) => {
    const title = `Page ${index + 1}`;
    const type = element('span', { class: 'quiet' }, `${pageType} · `, element('code', {}, pageId));
    const tables = widgets.map(({ name, data }) => valueTable(name, data));
    const heading = element('h4', {}, `${title} `, type);
    return element('section', { class: 'page', 'aria-label': title }, heading, ...tables);
  });
}

function valueTable(caption: string, values: object): HTMLElement {
  const rows = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) =>
      element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, cellOf(value))),
    );
  const body = element('tbody', {}, ...rows);
  return element('table', { class: 'values' }, element('caption', {}, caption), body);
}

/** Masked values, such as `[email]`, have a style of their own. */
function cellOf(value: unknown): HTMLElement | string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^\[[\w -]+\]/.test(text) ? element('span', { class: 'masked' }, text) : text;
}
