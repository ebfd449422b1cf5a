import { webhooks } from '@partner-ecosystem/openapi/examples';

const { accept } = webhooks.accept;
const idPlace = 'the-merchant-id';
// A realm's own fields are what makes real callbacks long.
const customFields = Object.fromEntries(
  Array.from({ length: 18 }, (_, at) => [
    `custom field ${at}`,
    'not a real value, but as long as one. '.repeat(2),
  ]),
);
const [before = '', after = ''] = JSON.stringify({
  ...accept,
  merchantData: { ...accept.merchantData, id: idPlace, ...customFields },
}).split(idPlace);

/** A callback as the provider sends it, 2.8 KB long, of one merchant. */
export function callbackOf(merchantId: string): string {
  return before + merchantId + after;
}

/** An id of the provider's shape, by number. */
export function merchantId(number: number): string {
  return number.toString(16).padStart(24, '0');
}
