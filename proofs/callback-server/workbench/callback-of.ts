import { webhooks } from '@partner-ecosystem/openapi/examples';

const { accept } = webhooks.accept;
const idPlace = 'the-merchant-id';
const timePlace = 'the-time';
// A realm's own fields are what makes real callbacks long.
const customFields = Object.fromEntries(
  Array.from({ length: 18 }, (_, at) => [
    `custom field ${at}`,
    'not a real value, but as long as one. '.repeat(2),
  ]),
);
const template = JSON.stringify({
  ...accept,
  merchantData: { ...accept.merchantData, id: idPlace, actionTime: timePlace, ...customFields },
});

/** A callback as the provider sends it, 2.8 KB long, of one merchant and one time. */
export function callbackOf(merchantId: string, actionTime = 1_700_000_000_000): string {
  return template.replace(idPlace, merchantId).replace(`"${timePlace}"`, String(actionTime));
}

/** An id of the provider's shape, by number. */
export function merchantId(number: number): string {
  return number.toString(16).padStart(24, '0');
}
