/** Reads the merchant and the number of a callback from its body. */
export function callbackOf(body: Uint8Array): { merchant: string; number: number } {
  const { merchantData } = JSON.parse(Buffer.from(body).toString());
  return { merchant: merchantData.id, number: merchantData.actionTime };
}
