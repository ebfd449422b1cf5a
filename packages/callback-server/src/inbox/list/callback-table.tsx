import type { Delivery } from '../../callback/delivery.ts';
import type { KeptCallback } from '../../callback/kept-callback.ts';
import { Chip } from '../frame/chip.tsx';
import { Time } from '../frame/time.tsx';

interface CallbackTableProps {
  readonly callbacks: readonly KeptCallback[];
  /** The query of the list, for the way back. */
  readonly query: string;
  readonly isSelectable: boolean;
}

export function CallbackTable({ callbacks, query, isSelectable }: CallbackTableProps) {
  return (
    <table class="stacked">
      <caption class="hidden">Callbacks, newest first</caption>
      <thead>
        <tr>
          {isSelectable && (
            <th scope="col" class="mark">
              <span class="hidden">Selected</span>
            </th>
          )}
          <th scope="col">Received</th>
          <th scope="col">Event</th>
          <th scope="col">Verdict</th>
          <th scope="col">Merchant</th>
          <th scope="col">Deliveries</th>
        </tr>
      </thead>
      <tbody>
        {callbacks.map((callback) => (
          <Row callback={callback} query={query} isSelectable={isSelectable} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Omit<CallbackTableProps, 'callbacks'> {
  readonly callback: KeptCallback;
}

function Row({ callback, query, isSelectable }: RowProps) {
  const { id, receivedAt, event, verdict, merchantId, seenCount, confirmation, deliveries } = callback;
  return (
    <tr data-row>
      {isSelectable && (
        <td class="mark">
          <input
            type="checkbox"
            name="id"
            value={id}
            id={`select-${id}`}
            aria-label={`Select callback ${id}`}
          />
        </td>
      )}
      <th scope="row">
        <a href={`/inbox/callbacks/${id}?${query}`} id={`open-${id}`}>
          <Time at={receivedAt} />
        </a>
        {seenCount > 1 && <span class="quiet"> {seenCount} times</span>}
      </th>
      <td>{event}</td>
      <td>
        <Chip word={verdict} /> {confirmation && <Chip word={confirmation.state} />}
      </td>
      <td class="reference">{merchantId ?? <span class="quiet">not known</span>}</td>
      <td>
        <DeliveryWords deliveries={deliveries} />
      </td>
    </tr>
  );
}

function DeliveryWords({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  if (deliveries.length === 0) return <span class="quiet">none</span>;
  return (
    <ul class="deliveries">
      {deliveries.map((delivery) => (
        <li>
          <Chip of={delivery.route} word={delivery.state} /> {whyNotTaken(delivery)}
        </li>
      ))}
    </ul>
  );
}

/** Why the last attempt failed. */
function whyNotTaken({ state, attempts }: Delivery) {
  const outcome = attempts.findLast(({ endedAt }) => endedAt)?.outcome;
  return state !== 'taken' && outcome ? <span class="quiet">{outcome}</span> : undefined;
}
