/** What a handler wrote with its transaction. For each callback it writes the first part, waits, and writes the last. */
export interface Effect {
  readonly merchant: string;
  readonly number: number;
  readonly part: EffectPart;
}

const parts = ['first', 'last'] as const;

export type EffectPart = (typeof parts)[number];

/** The effects of a callback that was taken, in their order. */
export function effectsOf(callback: { readonly merchant: string; readonly number: number }): Effect[] {
  return parts.map((part) => ({ ...callback, part }));
}

/** @throws Error if the values are not those of an effect. */
export function readEffect(values: {
  readonly merchant?: unknown;
  readonly number?: unknown;
  readonly part?: unknown;
}): Effect {
  const part = parts.find((each) => each === values.part);
  if (!part || typeof values.merchant !== 'string')
    throw new Error('The values are no effect: the merchant or the part is missing.');
  return { merchant: values.merchant, number: Number(values.number), part };
}
