import { transitions } from '@partner-ecosystem/mocks';
import { expect, test } from 'vitest';
import { nextStep } from '../src/statuses/next-step.ts';

const steps = [
  ['new', 'push'],
  ['draft', 'push'],
  ['Drafted', 'push'],
  ['pending', 'wait for a decision'],
  ['accept', 'act on the decision'],
  ['Accepted', 'act on the decision'],
  ['reject', 'act on the decision'],
  ['rejected ', 'act on the decision'],
  ['escalated', 'report'],
] as const;

test.each(steps)('after the status %s the next step is: %s', (status, step) => {
  expect([nextStep(status), nextStep(status)]).toEqual([step, step]);
});

test('every status of the sandbox has a next step', () => {
  expect(transitions.filter(({ to }) => nextStep(to) === 'report')).toEqual([]);
});
