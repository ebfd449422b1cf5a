import { createPartnerClient } from '@partner-ecosystem/client';
import type { CallbackServerOptions } from '../server/callback-server-options.ts';
import { type SettingValues, settings } from './settings.ts';

/** The word in `PROVIDER_URL` for the hosts of the contract. */
const preproduction = 'preproduction';

/** The options of the confirmation, with a client of the provider if its URL is given. */
export function confirmationOptions(values: SettingValues): Partial<CallbackServerOptions> {
  const { PROVIDER_URL: url, PARTNER_USERNAME: username = '', PARTNER_PASSWORD: password = '' } = values;
  return {
    ...(url !== undefined && {
      provider: (fetch) =>
        createPartnerClient({
          ...(url === preproduction
            ? { environment: preproduction }
            : { goUrl: url, backopsUrl: url, persistUrl: url }),
          credentials: { username, password },
          fetch,
          trustFetchErrors: true,
        }),
    }),
    ...(values.CONFIRM && { confirm: values.CONFIRM }),
    agreeMs: values.CONFIRM_MINUTES * 60_000,
    unconfirmed: values.UNCONFIRMED,
    unconfirmedAfterMs: values.UNCONFIRMED_MINUTES * 60_000,
    pullsPerMinute: values.PULLS_PER_MINUTE,
    reconcileMs: values.RECONCILE_MINUTES * 60_000,
    unverifiableMs: values.UNVERIFIABLE_HOURS * 3_600_000,
  };
}

const ofConfirmation = ['CONFIRM_MINUTES', 'UNCONFIRMED', 'UNCONFIRMED_MINUTES'] as const;
const ofPulls = [...ofConfirmation, 'PULLS_PER_MINUTE', 'RECONCILE_MINUTES', 'UNVERIFIABLE_HOURS'] as const;

/** The names of the settings whose value is not the default. */
function changed<Name extends (typeof ofPulls)[number]>(
  values: SettingValues,
  names: readonly Name[],
): Name[] {
  return names.filter((name) => String(values[name]) !== settings[name].default);
}

/** Problems of settings of the confirmation that are right alone, but not together. */
export function confirmationProblems(
  values: SettingValues,
): (readonly [isWrong: boolean, problem: string])[] {
  const {
    PROVIDER_URL: url,
    PARTNER_USERNAME: username,
    PARTNER_PASSWORD: password,
    CONFIRM: confirm,
  } = values;
  const isConfirming = confirm !== undefined && confirm !== 'never';
  return [
    [
      isConfirming && url === undefined,
      'CONFIRM: needs PROVIDER_URL, PARTNER_USERNAME and PARTNER_PASSWORD, to pull merchants.',
    ],
    [
      url !== undefined && (username === undefined || password === undefined),
      'PROVIDER_URL: needs PARTNER_USERNAME and PARTNER_PASSWORD, to log in.',
    ],
    [
      url === undefined && (username !== undefined || password !== undefined),
      'PARTNER_USERNAME, PARTNER_PASSWORD: have no effect without PROVIDER_URL. Give the URL of the provider.',
    ],
    ...changed(values, ofPulls).map((name): [boolean, string] => [
      url === undefined,
      `${name}: has no effect without PROVIDER_URL: nothing is pulled.`,
    ]),
    ...changed(values, ofConfirmation).map((name): [boolean, string] => [
      url !== undefined && confirm === 'never',
      `${name}: has no effect with CONFIRM=never.`,
    ]),
  ];
}
