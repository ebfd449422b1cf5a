import type { NotifyOptions } from '../notify/notify-options.ts';
import { type SettingValues, settings } from './settings.ts';

/** The options of notifications; `undefined` if the settings name nobody to notify. */
export function notifyOptions(values: SettingValues): NotifyOptions | undefined {
  const { NOTIFY_URL: url, NOTIFY_SECRET: secret, NOTIFY_QUIET_MINUTES: quiet } = values;
  const { NOTIFY_EMAIL_URL: emailUrl, NOTIFY_EMAIL_FROM: from = '', NOTIFY_EMAIL_TO: to = [] } = values;
  if (url === undefined && emailUrl === undefined) return undefined;
  return {
    ...(url !== undefined && { url }),
    ...(secret !== undefined && { secret }),
    ...(emailUrl !== undefined && { email: { url: emailUrl, from, to } }),
    intervalMs: values.NOTIFY_MINUTES * 60_000,
    ...(quiet !== undefined && { quietMs: quiet * 60_000 }),
  };
}

/** Problems of settings of notifications that are right alone, but not together. */
export function notifyProblems(values: SettingValues): (readonly [isWrong: boolean, problem: string])[] {
  const {
    NOTIFY_URL: url,
    NOTIFY_EMAIL_URL: emailUrl,
    NOTIFY_EMAIL_FROM: from,
    NOTIFY_EMAIL_TO: to,
  } = values;
  const isNobodyTold = url === undefined && emailUrl === undefined;
  return [
    [
      values.NOTIFY_SECRET !== undefined && url === undefined,
      'NOTIFY_SECRET: signs only what goes to NOTIFY_URL, which is missing.',
    ],
    [
      emailUrl !== undefined && (from === undefined || to === undefined),
      'NOTIFY_EMAIL_URL: needs NOTIFY_EMAIL_FROM and NOTIFY_EMAIL_TO.',
    ],
    [
      emailUrl === undefined && (from !== undefined || to !== undefined),
      'NOTIFY_EMAIL_FROM, NOTIFY_EMAIL_TO: have no effect without NOTIFY_EMAIL_URL.',
    ],
    [
      isNobodyTold && values.NOTIFY_MINUTES !== Number(settings.NOTIFY_MINUTES.default),
      'NOTIFY_MINUTES: has no effect without NOTIFY_URL or NOTIFY_EMAIL_URL.',
    ],
    [
      isNobodyTold && values.NOTIFY_QUIET_MINUTES !== undefined,
      'NOTIFY_QUIET_MINUTES: has no effect without NOTIFY_URL or NOTIFY_EMAIL_URL.',
    ],
  ];
}
