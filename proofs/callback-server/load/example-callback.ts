import { webhooks } from '@partner-ecosystem/openapi/examples';

const { accept } = webhooks.accept;
const idPlaceholder = 'the-merchant-id';
const timePlaceholder = 'the-time';
// A realm's own fields are what makes real callbacks long.
const customFields = Object.fromEntries(
  Array.from({ length: 18 }, (_, index) => [
    `custom field ${index}`,
    'not a real value, but as long as one. '.repeat(2),
  ]),
);
const template = JSON.stringify({
  ...accept,
  merchantData: {
    ...accept.merchantData,
    id: idPlaceholder,
    actionTime: timePlaceholder,
    ...customFields,
  },
});

/** Returns a callback of 2.8 KB, as the provider sends it, of one merchant and one time. */
export function exampleCallback(merchantId: string, actionTime = 1_700_000_000_000): string {
  return template.replace(idPlaceholder, merchantId).replace(`"${timePlaceholder}"`, String(actionTime));
}

/** Returns the id of merchant `number`, in the provider's format. */
export function merchantId(number: number): string {
  return number.toString(16).padStart(24, '0');
}
