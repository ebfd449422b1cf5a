import type { Mistake } from './mistakes.ts';
import { type ApiOptions, PartnerApi } from './partner-api.ts';

/** The realm and the flow of a partner. */
export interface RealmReference {
  readonly realmId: string;
  readonly realm: string;
  readonly flowId: string;
}

export interface Customer {
  readonly signzyAppId: string;
  readonly name: string;
  readonly email: string;
  readonly mobile: string;
}

export interface Item {
  readonly pageId: string;
  readonly widgetName: string;
  readonly data: { readonly [variable: string]: unknown };
}

/** The partner's record of a case. `uncertain`: the merchant may exist at the provider, and a person must check. */
export interface Case {
  readonly merchantId?: string;
  readonly status: 'uncertain' | 'new' | 'pending' | 'accept' | 'reject' | 'draft' | 'unknown';
  readonly startedAt?: Date;
  readonly flowName?: string;
  readonly auditorId?: string;
  /** Whether the customer must correct something. */
  readonly waitsForCustomer: boolean;
}

const knownWords = ['new', 'pending', 'accept', 'reject', 'draft'] as const;
type Properties = { readonly [name: string]: unknown };

/** A small integration of a partner: it onboards customers, follows their cases, and counts commissions. */
export class Integration {
  readonly cases: Map<string, Case> = new Map();
  /** The references of cases with a paid commission. */
  readonly commissions: string[] = [];
  readonly #api: PartnerApi;
  readonly #has: (mistake: Mistake) => boolean;
  readonly #realm: RealmReference;

  constructor(options: ApiOptions, realm: RealmReference) {
    this.#api = new PartnerApi(options);
    this.#has = options.has;
    this.#realm = realm;
  }

  /** Creates a merchant. After an error the case stays `uncertain`. */
  async onboard(customer: Customer): Promise<void> {
    const reference = customer.signzyAppId;
    this.cases.set(reference, { status: 'uncertain', waitsForCustomer: false });
    const { realm, ...ids } = this.#realm;
    const json = {
      ...ids,
      ...(!this.#has('realm-name-left-out') && { realm }),
      ...customer,
      ...(this.#has('mobile-as-number') && { mobile: Number(customer.mobile) }),
    };
    const created = await this.#post('createMerchant', json);
    this.#record(
      reference,
      this.#has('application-as-id') ? { ...created, id: created['applicationId'] } : created,
    );
  }

  /** Stores the picture and pushes the customer's data with the address of the picture. */
  async submit(reference: string, items: readonly Item[], picture: Blob): Promise<void> {
    const form = new FormData();
    form.set('file', picture, 'picture.png');
    if (!this.#has('no-file-lifetime')) form.set('ttl', '1 year');
    const stored = propertiesOf(await this.#api.call({ method: 'POST', path: '/api/files/upload', form }));
    const address = String(propertiesOf(stored['file'])['directURL']);
    const filled = items.map((item) => ({ ...item, data: withPicture(item.data, address) }));
    const byPage = new Map(filled.map((item) => [item.pageId, item]));
    const data = this.#has('one-item-per-page') ? [...byPage.values()] : filled;
    const { realmId, flowId } = this.#realm;
    await this.#post('pushMerchant', { realmId, flowId, merchantId: this.#merchantId(reference), data });
    this.#change(reference, { status: 'pending', waitsForCustomer: false });
  }

  /** Pulls a case and records its status. */
  async refresh(reference: string): Promise<void> {
    const id = this.#has('reference-as-id') ? reference : this.#merchantId(reference);
    const query = this.#has('realm-left-out-of-pull') ? '' : `?realmId=${this.#realm.realmId}&version=1.1.0`;
    const pulled = propertiesOf(
      await this.#api.call({ method: 'GET', path: `/api/distributors/pullMerchant/${id}${query}` }),
    );
    const merchantData = propertiesOf(propertiesOf(pulled['result'])['merchantData']);
    this.#record(
      reference,
      this.#has('flat-pull') ? merchantData : propertiesOf(merchantData['basicDetails']),
    );
  }

  /** Handles a callback. A callback is not signed, so the integration pulls the case before it acknowledges. */
  async receive(body: string): Promise<number> {
    const payload = this.#has('unparsable-crash') ? JSON.parse(body) : parseJson(body);
    const flat = propertiesOf(propertiesOf(payload)['merchantData']);
    const received = this.#has('nested-callback') ? propertiesOf(flat['basicDetails']) : flat;
    const reference = this.#referenceOf(received['id']);
    if (reference === undefined) return typeof payload === 'object' ? 200 : 400;
    if (this.#has('duplicate-counted') && received['status'] === 'accept') this.commissions.push(reference);
    if (this.#has('callback-trusted')) {
      this.#record(reference, received);
      return 200;
    }
    try {
      if (!this.#has('first-decision-final') || !isDecided(this.cases.get(reference)))
        await this.refresh(reference);
      if (this.#has('late-callback-wins')) this.#record(reference, received);
      return 200;
    } catch {
      return this.#has('acknowledged-too-soon') ? 200 : 503;
    }
  }

  async #post(operation: string, json: object): Promise<Properties> {
    return propertiesOf(
      await this.#api.call({ method: 'POST', path: `/api/distributors/${operation}`, json }),
    );
  }

  #record(reference: string, received: Properties): void {
    const { id, status, backopsUserId, onboardingStartDate, flowDetails } = received;
    const flowName = this.#has('missing-property-crash')
      ? String((flowDetails as { name: string }).name.trim())
      : propertiesOf(flowDetails)['name'];
    const word = this.#wordOf(status);
    this.#change(reference, {
      ...(typeof id === 'string' && id !== '' && { merchantId: id }),
      status: word,
      ...(onboardingStartDate !== undefined && { startedAt: this.#dateOf(onboardingStartDate) }),
      ...(typeof flowName === 'string' && { flowName }),
      ...(typeof backopsUserId === 'string' &&
        (backopsUserId !== '' || this.#has('empty-id-is-someone')) && { auditorId: backopsUserId }),
      waitsForCustomer: word === 'draft' && !this.#has('draft-ignored'),
    });
    if (word === 'accept' && !this.commissions.includes(reference)) this.commissions.push(reference);
  }

  #wordOf(status: unknown): Case['status'] {
    const word = knownWords.find((known) => known === status);
    if (word === undefined && this.#has('unknown-word-crash')) throw new TypeError('Unknown status.');
    return word ?? (this.#has('unknown-word-is-reject') ? 'reject' : 'unknown');
  }

  #dateOf(time: unknown): Date {
    if (this.#has('number-only') && typeof time !== 'number') return new Date(Number.NaN);
    return new Date(Number(time) * (this.#has('milliseconds-as-seconds') ? 1000 : 1));
  }

  #change(reference: string, change: Partial<Case>): void {
    const known = this.cases.get(reference) ?? { status: 'uncertain', waitsForCustomer: false };
    this.cases.set(reference, { ...known, ...change });
  }

  #merchantId(reference: string): string {
    const { merchantId } = this.cases.get(reference) ?? {};
    if (merchantId === undefined) throw new Error(`No merchant for the reference ${reference}.`);
    return merchantId;
  }

  #referenceOf(merchantId: unknown): string | undefined {
    return [...this.cases].find(
      ([, known]) => known.merchantId === merchantId && merchantId !== undefined,
    )?.[0];
  }
}

function isDecided(known: Case | undefined): boolean {
  return known?.status === 'accept' || known?.status === 'reject';
}

function withPicture(data: Item['data'], address: string): Item['data'] {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, /Image/.test(name) ? address : value]),
  );
}

function propertiesOf(value: unknown): Properties {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
