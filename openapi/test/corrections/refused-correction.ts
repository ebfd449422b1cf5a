import { expect } from 'vitest';
import { correct } from './correct.ts';

/** What is corrected, the actions, and the pointer that the refusal begins with. */
export type RefusedCorrection = readonly [title: string, actions: readonly object[], message: string];

/** Targets of corrections, and the pointer to one of them. */
export const pull = "$.paths['/api/distributors/pullMerchant/{merchantId}'].get";
export const create = "$.paths['/api/distributors/createMerchant'].post";
export const createAt = '/paths/~1api~1distributors~1createMerchant/post';

/** Corrects the contract, which is refused with a message that begins with the pointer. */
export function expectRefused(...[_, actions, message]: RefusedCorrection): void {
  expect(() => correct(...actions)).toThrow(
    new RegExp(`\n${message.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`),
  );
}
