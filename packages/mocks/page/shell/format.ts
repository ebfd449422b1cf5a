import type { components } from '../../src/control-client.ts';

type Status = components['schemas']['Status'];

export const statusLabels: { readonly [S in Status]: string } = {
  new: 'New',
  pending: 'Pending',
  draft: 'With the merchant',
  accept: 'Accepted',
  reject: 'Rejected',
};

/** Formats a time in UTC, such as `2026-01-31 12:00:00`. */
export function formatTime(epochMilliseconds: number): string {
  const [date, time] = new Date(epochMilliseconds).toISOString().split('T');
  return `${date} ${time?.slice(0, 8)}`;
}

/** Formats a number of things, such as `1 case` or `2 cases`. */
export function formatCount(number: number, singular: string): string {
  return `${number} ${singular}${number === 1 ? '' : 's'}`;
}
