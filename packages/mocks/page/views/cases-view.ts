import type { components } from '../../src/control-client.ts';
import { dataOf } from '../shell/connection.ts';
import { button, element, quiet, render } from '../shell/element.ts';
import { formatCount, formatTime, statusLabels } from '../shell/format.ts';
import type { PageContext, View } from '../shell/page-context.ts';
import { type CaseDetails, caseDetails } from './case-details.ts';
import { createPolicySelect } from './policy-select.ts';

type Merchant = components['schemas']['MerchantSummary'];
type Status = Merchant['status'];

interface Selection {
  /** Shows only cases with this status. `undefined` shows all cases. */
  status: Status | undefined;
  merchantId: string | undefined;
}

const statuses: readonly Status[] = ['pending', 'draft', 'new', 'accept', 'reject'];

/** Shows the queue of cases beside the selected case. */
export function createCasesView(context: PageContext): View {
  const selection: Selection = { status: undefined, merchantId: undefined };
  const filters = element('div', { class: 'filters', role: 'group', 'aria-label': 'Filter by status' });
  const list = element('ul', { class: 'queue' });
  const policy = createPolicySelect(context);
  const details = createDetails(context, selection);
  const queue = element('section', { class: 'side', 'aria-label': 'Queue' }, filters, list, policy.root);

  async function refresh(): Promise<void> {
    const merchants = await dataOf(context.control.GET('/merchants'));
    const shown = merchants.filter(({ status }) => status === (selection.status ?? status)).sort(byUrgency);
    if (!merchants.some(({ id }) => id === selection.merchantId)) selection.merchantId = shown[0]?.id;
    render(filters, [selection.status, merchants.map(({ status }) => status)], () =>
      filterButtons(merchants, selection.status, (status) => change({ status })),
    );
    render(list, [shown, selection.merchantId], () =>
      shown.length > 0
        ? shown.map((merchant) =>
            queueItem(merchant, selection.merchantId, (merchantId) => change({ merchantId })),
          )
        : [element('li', { class: 'quiet' }, emptyMessage(merchants.length))],
    );
    await Promise.all([policy.refresh(), details.refresh()]);
  }

  function change(changes: Partial<Selection>): void {
    Object.assign(selection, changes);
    void refresh();
  }

  return {
    root: element('div', { class: 'cases' }, queue, details.root),
    refresh,
    select: (merchantId) => Object.assign(selection, { status: undefined, merchantId }),
  };
}

function createDetails(context: PageContext, selection: Readonly<Selection>): View {
  const { control, act } = context;
  const revealed = new Set<string>();
  const root = element('section', { class: 'sheet', 'aria-label': 'Case' });

  async function refresh(): Promise<void> {
    const { merchantId } = selection;
    if (merchantId === undefined) return render(root, '', () => [quiet('Choose a case.')]);
    const reveal = revealed.has(merchantId);
    const params = { path: { merchantId }, query: { reveal } };
    const [merchant, callbacks] = await Promise.all([
      dataOf(control.GET('/merchants/{merchantId}', { params })),
      dataOf(control.GET('/callbacks', { params: { query: { merchantId } } })),
    ]);
    // The selection may have changed during the requests. Masked data must stay masked.
    if (merchantId !== selection.merchantId || reveal !== revealed.has(merchantId)) return;
    render(root, [merchant, callbacks], () =>
      caseDetails(context, merchant as CaseDetails, callbacks, toggleReveal),
    );
  }

  function toggleReveal(merchantId: string): void {
    const wasRevealed = revealed.delete(merchantId);
    if (!wasRevealed) revealed.add(merchantId);
    void act(`Personal data is ${wasRevealed ? 'masked' : 'visible'}.`, refresh);
  }

  return { root, refresh };
}

function filterButtons(
  merchants: readonly Merchant[],
  selected: Status | undefined,
  select: (status: Status | undefined) => void,
): HTMLElement[] {
  return [undefined, ...statuses].map((status) => {
    const number = merchants.filter((merchant) => merchant.status === (status ?? merchant.status)).length;
    const properties = {
      id: `filter-${status ?? 'all'}`,
      'aria-pressed': selected === status ? 'true' : 'false',
      click: () => select(status),
    };
    const label = status === undefined ? 'All' : statusLabels[status];
    return button(properties, `${label} `, element('span', { class: 'number' }, `${number}`));
  });
}

function queueItem(
  { id, signzyAppId, status, createdAt }: Merchant,
  selected: string | undefined,
  select: (merchantId: string) => void,
): HTMLElement {
  const entry = button(
    { id: `case-${id}`, 'aria-current': selected === id ? 'true' : false, click: () => select(id) },
    element('strong', {}, signzyAppId),
    element('span', { class: `chip ${status}` }, statusLabels[status]),
    element('span', { class: 'quiet' }, formatTime(createdAt)),
  );
  return element('li', {}, entry);
}

/** Pending cases come first, oldest first. The other cases follow, newest first. */
function byUrgency(one: Merchant, other: Merchant): number {
  const pending = (merchant: Merchant) => Number(merchant.status === 'pending');
  if (pending(one) !== pending(other)) return pending(other) - pending(one);
  return pending(one) ? one.createdAt - other.createdAt : other.createdAt - one.createdAt;
}

function emptyMessage(total: number): string {
  return total === 0
    ? 'No merchant yet. Create a merchant with the provider’s API, and the merchant appears here.'
    : `None of ${formatCount(total, 'case')} has this status.`;
}
