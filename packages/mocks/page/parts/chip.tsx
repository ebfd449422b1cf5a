import type { ComponentChildren } from 'preact';
import type { Status } from '../control/schemas.ts';

export const statusLabels: { readonly [S in Status]: string } = {
  new: 'New',
  pending: 'Pending',
  draft: 'With the merchant',
  accept: 'Accepted',
  reject: 'Rejected',
};

export type Tone = 'good' | 'bad' | 'busy' | 'waiting' | 'aside' | 'plain';

const statusTones: { readonly [S in Status]: Tone } = {
  new: 'plain',
  pending: 'busy',
  draft: 'aside',
  accept: 'good',
  reject: 'bad',
};

/** A short word about the state of a thing. */
export function Chip({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return <span class={`chip ${tone}`}>{children}</span>;
}

export function StatusChip({ status }: { readonly status: Status }) {
  return <Chip tone={statusTones[status]}>{statusLabels[status]}</Chip>;
}

/** The status of a response. 0 means that there was no response. */
export function ResponseChip({ status }: { readonly status: number }) {
  return <Chip tone={toneOfResponse(status)}>{status === 0 ? 'no response' : status}</Chip>;
}

function toneOfResponse(status: number): Tone {
  if (status >= 200 && status < 300) return 'good';
  return status >= 400 && status < 500 ? 'waiting' : 'bad';
}
