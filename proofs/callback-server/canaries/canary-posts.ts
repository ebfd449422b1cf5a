import { webhooks } from '@partner-ecosystem/openapi/examples';
import { merchantId } from '../workbench/callback-of.ts';
import { token } from '../workbench/server-process.ts';
import type { Canary } from './canary.ts';

/** One request that carries a canary somewhere. */
export interface CanaryPost {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

type Members = Readonly<Record<string, unknown>>;

const { accept } = webhooks.accept;
const path = `/callbacks/${token}/accept`;

function callback(number: number, changes: Members, beside: Members = {}): string {
  const merchantData = { ...accept.merchantData, id: merchantId(number), ...changes };
  return JSON.stringify({ ...accept, merchantData, ...beside });
}

/**
 * Every place that a person's number can come in by, in turn. Some are where the provider puts it, some where only a
 * mistake would.
 */
const places: readonly ((number: number, canary: Canary) => CanaryPost)[] = [
  (number, { pan, aadhaar }) => ({
    body: callback(number, { name: pan, mobile: aadhaar, email: `${pan}@example.com` }),
  }),
  (number, { pan, aadhaar }) => ({
    body: callback(number, { PanNumber: pan, AadhaarUid: aadhaar, remarks: [pan] }),
  }),
  (number, { pan, aadhaar }) => ({
    body: callback(number, { backopsFormData: { note: pan, [aadhaar]: aadhaar } }),
  }),
  (number, { pan, aadhaar }) => ({
    body: callback(number, { autoLoginUrl: `https://go.example.com/${pan}?${aadhaar}` }),
  }),
  // As a member's name, and where another type belongs, so that a violation could quote it.
  (number, { pan, aadhaar }) => ({
    body: callback(number, { [pan]: { [aadhaar]: [] } }, { [aadhaar]: pan }),
  }),
  (number, { pan, aadhaar }) => ({
    body: callback(number, { flowDetails: pan, isDeleted: aadhaar, actionTime: pan }),
  }),
  (number, { pan, aadhaar }) => ({
    body: callback(number, { status: pan, subStatus: aadhaar, eventStatus: pan }),
  }),
  (_, { pan, aadhaar }) => ({ body: callback(0, { id: pan, username: aadhaar }) }),
  (number, { pan, aadhaar }) => ({
    path: `/callbacks/${token}`,
    body: callback(number, { status: `${pan} ${aadhaar}` }),
  }),
  (_, { pan, aadhaar }) => ({
    body: JSON.stringify({ merchantData: { id: '', name: pan }, [aadhaar]: pan }),
  }),
  (_, { pan, aadhaar }) => ({ body: `{"pan":"${pan}","aadhaar":"${aadhaar}"` }),
  (_, { pan, aadhaar }) => ({ body: Buffer.from(`"${pan} ${aadhaar}"`, 'utf16le').toString('utf8') }),
  // The same callback twice, with other bytes.
  (number, { pan, aadhaar }) => ({
    body: callback(1, { id: 'repeated', actionTime: number % 7, name: pan, mobile: aadhaar }),
  }),
  (number, { pan, aadhaar }) => ({
    headers: {
      'user-agent': pan,
      'x-request-id': aadhaar,
      cookie: `pan=${pan}`,
      referer: `https://example.com/${aadhaar}`,
    },
    body: callback(number, {}),
  }),
  // What is refused.
  (number, { pan, aadhaar }) => ({
    path: `/callbacks/${token}/${pan}?aadhaar=${aadhaar}`,
    body: callback(number, { name: pan }),
  }),
  (number, { pan, aadhaar }) => ({
    path: `/callbacks/${pan}${aadhaar}`,
    body: callback(number, { name: pan }),
  }),
  (number, { pan, aadhaar }) => ({
    headers: { 'content-type': `text/${pan}` },
    body: callback(number, { name: aadhaar }),
  }),
  (number, { pan, aadhaar }) => ({ body: callback(number, { name: `${pan} ${aadhaar}`.padEnd(300_000) }) }),
];

/** The post that carries the canary of a number. */
export function canaryPost(number: number, canary: Canary): Required<CanaryPost> {
  const place = places[number % places.length] ?? (() => ({ body: '' }));
  return { path, headers: {}, ...place(number, canary) };
}
