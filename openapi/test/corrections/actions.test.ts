import { expect, test } from 'vitest';
import { correctContract } from '../../generate/corrections/correct-contract.ts';
import { readOverlay } from '../../generate/corrections/read-overlay.ts';
import { base, correct } from './correct.ts';

test('a contract without a correction stays as it is', () => {
  expect(correctContract(base, [])).toEqual(base);
});

test('actions remove, copy and update in their order, and a list gets new entries at its end', () => {
  const from = "$.paths['/api/distributors/callback']";
  const corrected = correct(
    { target: '$.paths', update: { '/api/v2/callback': {} } },
    { target: "$.paths['/api/v2/callback']", copy: from },
    { target: from, remove: true },
    { target: '$.components.schemas.Status["x-extensible-enum"]', update: 'frozen' },
  );
  expect(corrected.paths['/api/v2/callback']).toEqual({
    post: { ...base.paths['/api/distributors/callback']?.post, 'x-corrected': true },
  });
  expect(corrected.paths).not.toHaveProperty('/api/distributors/callback');
  expect(corrected.components.schemas['Status']?.['x-extensible-enum']?.at(-1)).toBe('frozen');
});

test('an action that changes nothing is refused with its overlay and target', () => {
  expect(() => correct({ target: '$.components.schemas.Nothing', update: { minLength: 1 } })).toThrow(
    'In my.overlay.yaml, the action on $.components.schemas.Nothing changes nothing.',
  );
});

test.each([
  [
    { target: '$.info', copy: '$.nothing' },
    'In my.overlay.yaml, the action on $.info copies $.nothing, which selects nothing.',
  ],
  [{ target: 'info', remove: true }, 'In my.overlay.yaml, the action on info has a faulty JSONPath, info: '],
])('an action that cannot be applied is refused with its overlay: %j', (action, message) => {
  expect(() => correct(action)).toThrow(message);
});

test('an overlay that is neither YAML nor JSON is refused with its name', () => {
  expect(() => readOverlay('my.overlay.yaml', 'actions: [')).toThrow(
    'my.overlay.yaml is neither YAML nor JSON: ',
  );
});
