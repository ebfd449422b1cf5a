import { expect, test } from 'vitest';

const body = { realmId: 5 };

// #region validate
import { requests } from '@partner-ecosystem/openapi/validators';

const result = requests.createMerchant(body);
if (!result.ok) console.log(result.violations); // [{ pointer: '/realmId', keyword: 'type', expected: '…' }]
// #endregion validate

test('the validator of the README names the violation', () => {
  const named = expect.objectContaining({ pointer: '/realmId', keyword: 'type' });
  expect(result).toMatchObject({ ok: false, violations: expect.arrayContaining([named]) });
});
