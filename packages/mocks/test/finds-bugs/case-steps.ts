import type { Case } from './integration.ts';
import { customer, items, picture, type TestBed } from './test-bed.ts';

/** The reference of the case. */
export const reference = customer.signzyAppId;

export function caseOf({ integration }: TestBed): Case {
  const known = integration.cases.get(reference);
  if (!known) throw new Error('The integration has no case.');
  return known;
}

export function merchantOf({ sandbox }: TestBed) {
  const [merchant] = Object.values(sandbox.snapshot().merchants);
  if (!merchant) throw new Error('The provider has no merchant.');
  return merchant;
}

/** Number of requests for an operation. */
export function countRequests({ sandbox }: TestBed, operation: string): number {
  return sandbox.journal().filter((entry) => entry.kind === 'request' && entry.operation === operation)
    .length;
}

export async function onboarded(testBed: TestBed): Promise<Case> {
  await testBed.integration.onboard(customer);
  return caseOf(testBed);
}

export async function submitted(testBed: TestBed): Promise<void> {
  await onboarded(testBed);
  await testBed.integration.submit(reference, items, picture);
}

/** Submits a case and delivers its callback. The integration pulls after a callback, and a fault must not strike that pull. */
export async function submittedAndNotified(testBed: TestBed): Promise<void> {
  await submitted(testBed);
  await testBed.sandbox.callbacks.drain();
}

export async function decided(testBed: TestBed, decision: 'accept' | 'askForMore'): Promise<void> {
  await submittedAndNotified(testBed);
  await decide(testBed, decision);
}

export async function decide(testBed: TestBed, decision: 'accept' | 'askForMore' | 'reverse'): Promise<void> {
  testBed.sandbox.backOffice[decision](merchantOf(testBed).id);
  await testBed.sandbox.callbacks.drain();
}
