import type { components } from '../src/control-client.ts';

type Status = components['schemas']['Status'];

/** How a person says where a case stands. */
export const statusWords: { readonly [S in Status]: string } = {
  new: 'New',
  pending: 'Pending',
  draft: 'With the merchant',
  accept: 'Accepted',
  reject: 'Rejected',
};

/** A moment of the sandbox's clock, in UTC. */
export function moment(epochMilliseconds: number): string {
  const [date, time] = new Date(epochMilliseconds).toISOString().split('T');
  return `${date} ${time?.slice(0, 8)}`;
}

/** A value as it may stand in a cell. */
export function cell(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** How many of something, in words. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
