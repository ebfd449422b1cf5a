import type { components } from '../src/control-client.ts';
import { type CaseDetails, caseSheet } from './case-sheet.ts';
import { answered } from './connection.ts';
import { element, show } from './element.ts';
import { policyChoice } from './policy-choice.ts';
import type { Desk, View } from './views.ts';
import { count, moment, statusWords } from './words.ts';

type Merchant = components['schemas']['MerchantSummary'];
type Status = Merchant['status'];

const statuses: readonly Status[] = ['pending', 'draft', 'new', 'accept', 'reject'];

/** The queue of cases beside the one that is looked at. */
export function casesView(desk: Desk): View {
  const { control } = desk;
  const chosen = { status: undefined as Status | undefined, merchantId: undefined as string | undefined };
  const revealed = new Set<string>();
  const filters = element('div', { class: 'filters', role: 'group', 'aria-label': 'Which cases' });
  const list = element('ul', { class: 'queue' });
  const sheet = element('section', { class: 'sheet', 'aria-label': 'Case' });
  const policy = policyChoice(desk);
  const queue = element('section', { class: 'side', 'aria-label': 'Queue' }, filters, list, policy.place);

  async function look(): Promise<void> {
    const merchants = await answered(control.GET('/merchants'));
    const wanted = merchants.filter(({ status }) => status === (chosen.status ?? status)).sort(byUrgency);
    if (!merchants.some(({ id }) => id === chosen.merchantId)) chosen.merchantId = wanted[0]?.id;
    show(filters, [chosen.status, merchants.map(({ status }) => status)], () => filterButtons(merchants));
    show(list, [wanted, chosen.merchantId], () =>
      wanted.length > 0 ? wanted.map(entry) : [nobody(merchants)],
    );
    await Promise.all([policy.look(), lookAtCase()]);
  }

  async function lookAtCase(): Promise<void> {
    const { merchantId } = chosen;
    if (merchantId === undefined)
      return show(sheet, '', () => [element('p', { class: 'quiet' }, 'Choose a case.')]);
    const reveal = revealed.has(merchantId);
    const [details, callbacks] = await Promise.all([
      answered(
        control.GET('/merchants/{merchantId}', { params: { path: { merchantId }, query: { reveal } } }),
      ),
      answered(control.GET('/callbacks', { params: { query: { merchantId } } })),
    ]);
    if (merchantId !== chosen.merchantId) return;
    show(sheet, [details, callbacks], () => caseSheet(desk, details as CaseDetails, callbacks, toggle));
  }

  function toggle(merchantId: string): void {
    if (!revealed.delete(merchantId)) revealed.add(merchantId);
    void desk.act(
      revealed.has(merchantId) ? 'Personal data is shown.' : 'Personal data is masked.',
      lookAtCase,
    );
  }

  function filterButtons(merchants: readonly Merchant[]): HTMLElement[] {
    return [undefined, ...statuses].map((status) => {
      const number = merchants.filter((merchant) => merchant.status === (status ?? merchant.status)).length;
      const label = status === undefined ? 'All' : statusWords[status];
      return element(
        'button',
        {
          type: 'button',
          id: `filter-${status ?? 'all'}`,
          'aria-pressed': chosen.status === status ? 'true' : 'false',
          click: () => {
            chosen.status = status;
            void look();
          },
        },
        `${label} `,
        element('span', { class: 'number' }, `${number}`),
      );
    });
  }

  function entry({ id, signzyAppId, status, createdAt }: Merchant): HTMLElement {
    const button = element(
      'button',
      {
        type: 'button',
        id: `case-${id}`,
        'aria-current': chosen.merchantId === id ? 'true' : false,
        click: () => {
          chosen.merchantId = id;
          void look();
        },
      },
      element('strong', {}, signzyAppId),
      element('span', { class: `chip ${status}` }, statusWords[status]),
      element('span', { class: 'quiet' }, moment(createdAt)),
    );
    return element('li', {}, button);
  }

  return {
    place: element('div', { class: 'desk' }, queue, sheet),
    look,
    turnTo: (merchantId) => {
      chosen.status = undefined;
      chosen.merchantId = merchantId;
    },
  };
}

/** First what waits for a decision, longest first; then everything else, newest first. */
function byUrgency(one: Merchant, other: Merchant): number {
  const waits = (merchant: Merchant) => Number(merchant.status === 'pending');
  if (waits(one) !== waits(other)) return waits(other) - waits(one);
  return waits(one) ? one.createdAt - other.createdAt : other.createdAt - one.createdAt;
}

function nobody(merchants: readonly Merchant[]): HTMLElement {
  const why =
    merchants.length === 0
      ? 'No merchant yet. Create one at the provider’s API, and it stands here.'
      : `None of ${count(merchants.length, 'case')} stands here.`;
  return element('li', { class: 'quiet' }, why);
}
