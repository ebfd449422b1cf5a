import type { components } from '../control/control-client.ts';

type Schemas = components['schemas'];

/** Each row is one line, without personal data: the control API has masked the data. */
export function describeCase({ id, signzyAppId, status, createdAt }: Schemas['MerchantSummary']): string {
  return `${id}  ${status.padEnd(7)}  ${timeOf(createdAt)}  ${visible(signzyAppId)}`;
}

export function describeFault(fault: Schemas['Fault']): string {
  const { id, kind, operation, callback, struck, considered, ...parameters } = fault;
  const settings = Object.entries(parameters).map(([name, value]) => ` ${name}=${value}`);
  return `${id}  ${kind}  ${operation ?? `callback ${callback}`} ${settings.join('')} struck ${struck} of ${considered} times`;
}

export function describeCallback({ id, event, merchantId, status, attempts }: Schemas['Callback']): string {
  const outcomes = [...new Set(attempts.map((attempt) => attempt.status ?? attempt.problem))].join(', ');
  return `${id}  ${event.padEnd(7)}  ${merchantId}  ${status}${outcomes && ` (${outcomes})`}`;
}

export function describeEntry(entry: Schemas['JournalEntry']): string {
  const { at, kind, method, path, status, answeredBy, merchantId, from, to, by, event, problem } = entry;
  const what = {
    request: `${method} ${path} ${status}, response from ${[answeredBy, ...(entry.faults ?? [])].join(' ')}${mistakesOf(entry)}`,
    move: `case ${merchantId}: ${from} to ${to}, by ${by}`,
    callback: `callback ${event} of ${merchantId}: ${status ?? problem}`,
  }[kind];
  return `${timeOf(at)}  ${what}`;
}

function mistakesOf({ violations = [], warnings = [] }: Schemas['JournalEntry']): string {
  const list = (word: string, found: typeof violations) =>
    found.length > 0
      ? `; ${word}: ${found.map(({ pointer, keyword }) => `${pointer} ${keyword}`).join(', ')}`
      : '';
  return visible(list('violation', violations) + list('warning', warnings));
}

/** A partner chooses the reference. A line break or a terminal command in the reference must not take effect. */
function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
