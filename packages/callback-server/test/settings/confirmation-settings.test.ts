import { expect, test } from 'vitest';
import { confirmOf } from '../../src/server/create-confirmation.ts';
import { serveOptions } from '../../src/settings/serve-settings.ts';
import { leastSettings } from '../support/least-settings.ts';

const partner = { PARTNER_USERNAME: 'example-broker', PARTNER_PASSWORD: 'Not-a-real-password-1' };

test('decisions are confirmed as soon as the provider is known', () => {
  const known = { ...leastSettings, ...partner, PROVIDER_URL: 'preproduction' };
  expect(confirmOf(serveOptions(leastSettings))).toBe('never');
  expect(confirmOf(serveOptions(known))).toBe('decisions');
  expect(confirmOf(serveOptions({ ...known, CONFIRM: 'always' }))).toBe('always');
  expect(serveOptions({ ...known, PROVIDER_URL: 'https://provider.example' }).provider).toBeTypeOf(
    'function',
  );
});

test.each([
  ['CONFIRM', { CONFIRM: 'accept' }],
  ['PROVIDER_URL', { PROVIDER_URL: 'preproduction' }],
  ['PARTNER_USERNAME', partner],
  ['PROVIDER_URL', { ...partner, PROVIDER_URL: 'ftp://provider.example' }],
  ['CONFIRM', { CONFIRM: 'sometimes' }],
  ['UNCONFIRMED', { UNCONFIRMED: 'drop' }],
  ['UNCONFIRMED', { UNCONFIRMED: 'quarantine' }],
  ['PULLS_PER_MINUTE', { PULLS_PER_MINUTE: '5' }],
  ['RECONCILE_MINUTES', { RECONCILE_MINUTES: '5' }],
  ['CONFIRM_MINUTES', { CONFIRM_MINUTES: '5' }],
  ['UNVERIFIABLE_HOURS', { UNVERIFIABLE_HOURS: '5' }],
  ['PULLS_PER_MINUTE', { PULLS_PER_MINUTE: '60' }],
  ['UNCONFIRMED_MINUTES', { UNCONFIRMED_MINUTES: '5' }],
  ['UNCONFIRMED', { ...partner, PROVIDER_URL: 'preproduction', CONFIRM: 'never', UNCONFIRMED: 'deliver' }],
  ['ADMIN_PORT', { PORT: '8080', ADMIN_PORT: '8080' }],
  ['PORT', { PORT: '6000' }],
  ['ADMIN_PORT', { ADMIN_PORT: '10080' }],
  ['HOST', { HOST: '[::1]' }],
  ['HOST', { HOST: '127.0.0.1 ' }],
])('a wrong or useless %s is refused: %j', (name, given) => {
  expect(() => serveOptions({ ...leastSettings, ...given })).toThrow(`  ${name}`);
});

test('minutes and hours of the reconciliation become milliseconds, and 0 turns it off', () => {
  const known = { ...leastSettings, ...partner, PROVIDER_URL: 'preproduction' };
  expect(serveOptions({ ...known, RECONCILE_MINUTES: '0', UNVERIFIABLE_HOURS: '2' })).toMatchObject({
    reconcileMs: 0,
    unverifiableMs: 7_200_000,
  });
  expect(() => serveOptions({ ...leastSettings, UNVERIFIABLE_HOURS: '0' })).toThrow('UNVERIFIABLE_HOURS');
});
