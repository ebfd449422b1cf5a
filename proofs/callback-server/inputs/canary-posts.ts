import { webhooks } from '@partner-ecosystem/openapi/examples';
import { merchantId } from '../load/example-callback.ts';
import { token } from '../server/server-process.ts';
import { type Canary, canaryOf, numberOf } from './canary.ts';

/** A request that carries a canary in one place. */
interface CanaryPost {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Builds the request for one place. What is left out has its usual value. */
type Place = (canary: Canary, number: number) => Partial<CanaryPost>;

const { accept } = webhooks.accept;

function callback(id: number, merchantData: Values, beside: Values = {}): string {
  const data = { ...accept.merchantData, id: merchantId(id), ...merchantData };
  return JSON.stringify({ ...accept, merchantData: data, ...beside });
}

/** Puts canaries into the merchant's data. */
function inMerchantData(values: (canary: Canary, number: number) => Values): Place {
  return (canary, number) => ({ body: callback(number, values(canary, number)) });
}

/** The id of a merchant is no personal data, and is shown. */
const inMerchantId = inMerchantData(({ pan, aadhaar }) => ({ id: pan, username: aadhaar }));

/** Every place that can carry a person's number: where the provider puts numbers, and where only a mistake puts them. */
const places: readonly Place[] = [
  inMerchantData(({ pan, aadhaar }) => ({ name: pan, mobile: aadhaar, email: `${pan}@example.com` })),
  inMerchantData(({ pan, aadhaar }) => ({ PanNumber: pan, AadhaarUid: aadhaar, remarks: [pan] })),
  inMerchantData(({ pan, aadhaar }) => ({ backopsFormData: { note: pan, [aadhaar]: aadhaar } })),
  inMerchantData(({ pan, aadhaar }) => ({ autoLoginUrl: `https://go.example.com/${pan}?${aadhaar}` })),
  inMerchantData(({ pan, aadhaar }) => ({ flowDetails: pan, isDeleted: aadhaar, actionTime: pan })),
  inMerchantData(({ pan, aadhaar }) => ({ status: pan, subStatus: aadhaar, eventStatus: pan })),
  inMerchantId,
  // One callback that is repeated with other bytes.
  inMerchantData(({ pan, aadhaar }, number) => ({
    id: 'repeated',
    actionTime: number % 7,
    name: pan,
    mobile: aadhaar,
  })),
  // As the name of a property, and in a place of another type, so that a violation could quote the canary.
  ({ pan, aadhaar }, number) => ({
    body: callback(number, { [pan]: { [aadhaar]: [] } }, { [aadhaar]: pan }),
  }),
  ({ pan, aadhaar }, number) => ({
    path: `/callbacks/${token}`,
    body: callback(number, { status: `${pan} ${aadhaar}` }),
  }),
  ({ pan, aadhaar }) => ({ body: JSON.stringify({ merchantData: { id: '', name: pan }, [aadhaar]: pan }) }),
  ({ pan, aadhaar }) => ({ body: `{"pan":"${pan}","aadhaar":"${aadhaar}"` }),
  ({ pan, aadhaar }) => ({ body: Buffer.from(`"${pan} ${aadhaar}"`, 'utf16le').toString('utf8') }),
  ({ pan, aadhaar }) => ({
    headers: {
      'user-agent': pan,
      'x-request-id': aadhaar,
      cookie: `pan=${pan}`,
      referer: `https://example.com/${aadhaar}`,
    },
  }),
  // The server refuses these requests.
  ({ pan, aadhaar }, number) => ({
    path: `/callbacks/${token}/${pan}?aadhaar=${aadhaar}`,
    body: callback(number, { name: pan }),
  }),
  ({ pan, aadhaar }, number) => ({
    path: `/callbacks/${pan}${aadhaar}`,
    body: callback(number, { name: pan }),
  }),
  ({ pan, aadhaar }, number) => ({
    headers: { 'content-type': `text/${pan}` },
    body: callback(number, { name: aadhaar }),
  }),
  ({ pan, aadhaar }, number) => ({
    body: callback(number, { name: `${pan} ${aadhaar}`.padEnd(300_000) }),
  }),
];

/** Whether a canary is the id of a merchant. */
export function isMerchantId(canary: string): boolean {
  const number = numberOf(canary);
  return places[number % places.length] === inMerchantId && canaryOf(number).pan === canary;
}

/** Returns the request that carries canary `number`. */
export function canaryPost(number: number): CanaryPost {
  const usual = { path: `/callbacks/${token}/accept`, headers: {}, body: callback(number, {}) };
  return { ...usual, ...places[number % places.length]?.(canaryOf(number), number) };
}
