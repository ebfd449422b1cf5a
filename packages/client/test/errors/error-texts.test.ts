import { describe, expect, test } from 'vitest';
import { ValidationError } from '../../src/index.ts';
import { merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

describe('texts of an error response', () => {
  async function fieldsOf(codes: object): Promise<ValidationError> {
    const body = { error: { details: { codes } } };
    await using provider = await startProvider({ pullMerchant: () => ({ status: 422, body }) });
    const error = await provider.partner.pullMerchant(pull).catch((error: unknown) => error);
    if (error instanceof ValidationError) return error;
    throw error;
  }

  test.each([
    ['a line end', 'name\nok: true'],
    ['an escape sequence', '\u001b[31mname'],
    ['a name', 'Asha Example'],
    ['an email address', 'asha@example.com'],
    ['a mobile number', '0000000002'],
    ['a tax number', 'XXXXX0000X'],
    ['a token', 'q7Zk1pLx09'],
    ['a long word', 'a'.repeat(41)],
    ['nothing', ''],
    ['the name of a prototype', '__proto__'],
    ['a name in lower case', 'ramesh'],
    ['a name that begins like a rule', 'presencekumar'],
    ['no text', { toString: 1 }],
  ])('a rule with %s, which LoopBack does not have, is shown as *', async (_, rule) => {
    const error = await fieldsOf({ mobile: [rule, 'presence'] });
    expect(error.fields).toEqual({ mobile: ['*', 'presence'] });
    expect(error.message).toBe(
      'pullMerchant failed with HTTP 422. Correct the fields: mobile (*, presence).',
    );
  });

  test.each([
    ['length.min', 'length'],
    ['custom.ramesh', 'custom'],
  ])('of the rule %s only %s is shown', async (rule, shown) => {
    expect((await fieldsOf({ mobile: rule })).fields).toEqual({ mobile: [shown] });
  });

  test.each([
    'XXXXX0000X',
    'ramesh',
    'Asha Example',
    'asha@example.com',
    '0000000002',
    'branchCode',
    'constructor',
    '',
  ])('a name that the contract does not have, such as %j, is shown as *', async (name) => {
    const error = await fieldsOf({ [name]: ['absence'], mobile: ['presence'], another: ['format'] });
    expect(error.fields).toEqual({ '*': ['absence', 'format'], mobile: ['presence'] });
    expect(Object.keys(error.fields).sort()).toEqual(['*', 'mobile']);
  });

  test('the name of each property of the operation’s request is shown', async () => {
    const { 'branch code': _, ...documented } = merchant;
    const names = Object.keys(documented);
    const error = await fieldsOf(Object.fromEntries(names.map((name) => [name, ['presence']])));
    expect(Object.keys(error.fields)).toEqual(names);
  });

  test.each([{ codes: 'ramesh' }, { codes: ['ramesh'] }, { codes: null }, { codes: 1 }])(
    'nothing is shown of $codes, which has no names',
    async ({ codes }) => {
      const error = await fieldsOf(codes as never);
      expect([error.fields, error.message]).toEqual([{}, 'pullMerchant failed with HTTP 422.']);
    },
  );

  test('a body with 50,000 fields and rules gives a short message', async () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `field${toWord(index)}`);
    const error = await fieldsOf({
      name: names,
      ...Object.fromEntries(names.map((name) => [name, ['presence']])),
    });
    expect(Object.keys(error.fields)).toEqual(['name', '*']);
    expect(error.fields['name']).toEqual(['*']);
    expect(error.message.length).toBeLessThan(200);
  });

  test('a request id that repeats the token is not read', async () => {
    await using provider = await startProvider({
      loginPartner: () => ({ body: { id: 'q7Zk1pLx09' } }),
      pullMerchant: ({ headers }) => ({
        status: 404,
        headers: { 'X-Request-Id': `id-${headers.authorization}` },
      }),
    });
    const failure = provider.partner.pullMerchant(pull);
    await expect(failure).rejects.toMatchObject({ name: 'NotFoundError', requestId: undefined });
  });
});

/** Spells a number with letters. */
function toWord(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}
