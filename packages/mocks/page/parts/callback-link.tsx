import type { Callback, Event } from '../control/schemas.ts';
import { useRouter } from '../session/use-route.ts';
import { Chip, type Tone } from './chip.tsx';
import { Ago } from './time.tsx';

export const eventTones: { readonly [E in Event]: Tone } = { accept: 'good', reject: 'bad', pending: 'busy' };

export const deliveryTones: { readonly [S in Callback['status']]: Tone } = {
  waiting: 'waiting',
  delivered: 'good',
  failed: 'bad',
  dropped: 'aside',
};

/** A link to a callback, with the outcome of its last attempt. */
export function CallbackLink({ callback }: { readonly callback: Callback }) {
  const { hrefTo } = useRouter();
  const { id, event, status, url, attempts, dueAt } = callback;
  const last = attempts.at(-1);
  return (
    <a class="card" href={hrefTo({ view: 'callbacks', id, filters: {} })}>
      <Chip tone={eventTones[event]}>{event}</Chip> <Chip tone={deliveryTones[status]}>{status}</Chip>{' '}
      <code>{url}</code>{' '}
      <span class="quiet">
        {last && (
          <>
            <Ago at={last.at} />: {last.status ?? last.problem}
          </>
        )}
        {dueAt !== undefined && (
          <>
            {' '}
            next attempt <Ago at={dueAt} />
          </>
        )}
      </span>
    </a>
  );
}
