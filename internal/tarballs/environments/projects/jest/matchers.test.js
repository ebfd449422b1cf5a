import { matchers, withSandbox } from '@partner-ecosystem/mocks/jest';

expect.extend(matchers);

/** What Jest says of a failed expectation, without colours. */
function messageOf(check) {
  try {
    check();
  } catch ({ message }) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with this character.
    return message.replaceAll(/\u001b\[\d+m/g, '');
  }
  throw new Error('The expectation did not fail.');
}

test(
  'a failed matcher says what was expected and what the sandbox got',
  withSandbox(async ({ sandbox, sandboxUrl }) => {
    const response = await fetch(`${await sandboxUrl()}/api/distributors/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'example-broker', password: 'a-secret' }),
    });
    const body = await response.json();
    expect(body).toMatchContract('loginPartner', 401);
    expect(sandbox).toHaveReceivedTimes('loginPartner', 1);
    expect(sandbox).not.toHaveReceived('pushMerchant');
    expect(messageOf(() => expect(body).toMatchContract('loginPartner'))).toBe(
      'The body violates the contract of the 200 response of loginPartner:\n  /id must have required property \'id\'',
    );
    expect(messageOf(() => expect(sandbox).toHaveReceivedOnce({ operation: 'pushMerchant' }))).toBe(
      [
        'Expected one request matching {"operation":"pushMerchant"}, but found 0. The sandbox got 1:',
        '  loginPartner 401, response from machine',
      ].join('\n'),
    );
    expect(messageOf(() => expect(sandbox).not.toHaveReceived('loginPartner'))).toBe(
      [
        'Did not expect at least one request matching {"operation":"loginPartner"}, but found 1. The sandbox got 1:',
        '  loginPartner 401, response from machine',
      ].join('\n'),
    );
  }),
);
