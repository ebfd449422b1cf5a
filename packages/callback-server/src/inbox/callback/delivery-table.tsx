import { confirmRoute } from '../../callback/confirmation.ts';
import type { KeptCallback } from '../../callback/kept-callback.ts';
import { Chip } from '../frame/chip.tsx';

interface DeliveryTableProps {
  readonly callback: KeptCallback;
  readonly isOperator: boolean;
}

/** The deliveries of a callback, with what an operator can do about them. */
export function DeliveryTable({ callback, isOperator }: DeliveryTableProps) {
  const { id, deliveries, confirmation } = callback;
  const isQuarantined = confirmation?.state === 'quarantined';
  return (
    <>
      {deliveries.length > 0 && (
        <table>
          <caption>Deliveries</caption>
          <tbody>
            {deliveries.map(({ route, state }) => (
              <tr>
                <th scope="row">{route}</th>
                <td>
                  <Chip word={state} />
                </td>
                {isOperator && (
                  <td>{route !== confirmRoute && <DeliveryAction id={id} route={route} state={state} />}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {isOperator && (
        <div class="buttons">
          {isQuarantined && (
            <a class="button" id="release" href={`/inbox/release?id=${id}`}>
              Release…
            </a>
          )}
          <a class="button" id="redeliver" href={`/inbox/redeliver?id=${id}`}>
            Deliver to a route…
          </a>
        </div>
      )}
    </>
  );
}

interface DeliveryActionProps {
  readonly id: string;
  readonly route: string;
  readonly state: KeptCallback['deliveries'][number]['state'];
}

function DeliveryAction({ id, route, state }: DeliveryActionProps) {
  const isOpen = state === 'due' || state === 'claimed';
  const [action, words, parameters] = isOpen
    ? ['give-up', 'Give up', { id, route }]
    : ['redeliver', 'Deliver again', { id, route, state }];
  return (
    <a
      class="button small"
      id={`${action}-${route}`}
      href={`/inbox/${action}?${new URLSearchParams(parameters)}`}
      aria-label={isOpen ? `Give the delivery to ${route} up` : `Deliver again to ${route}`}
    >
      {words}…
    </a>
  );
}
