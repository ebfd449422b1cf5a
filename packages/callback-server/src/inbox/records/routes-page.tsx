import { confirmRoute } from '../../callback/confirmation.ts';
import type { RouteReading } from '../../metrics/route-metrics.ts';
import { Chip } from '../frame/chip.tsx';
import { Scroller } from '../frame/scroller.tsx';
import { Time } from '../frame/time.tsx';

interface RoutesPageProps {
  readonly routes: readonly RouteReading[];
  readonly isOperator: boolean;
}

/** The routes that this server delivers to, and others that have deliveries in the database. */
export function RoutesPage({ routes, isOperator }: RoutesPageProps) {
  return (
    <div class="sheet">
      <Scroller label="Routes">
        <table>
          <caption>Deliveries to a route that is not here wait for a server that has the route.</caption>
          <thead>
            <tr>
              <th scope="col">Route</th>
              <th scope="col">Circuit</th>
              <th scope="col">Waiting</th>
              <th scope="col">Oldest</th>
              <th scope="col">Blocked merchants</th>
              <th scope="col">Dead letters</th>
              {isOperator && <th scope="col">Actions</th>}
            </tr>
          </thead>
          <tbody>
            {routes.map((reading) => (
              <Row reading={reading} isOperator={isOperator} />
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}

function Row({ reading, isOperator }: { readonly reading: RouteReading; readonly isOperator: boolean }) {
  const { route, circuit, open, oldestUndeliveredAt, blockedMerchants, deadLetters } = reading;
  const listOf = (state: string) => `/inbox/callbacks?${new URLSearchParams({ route, state })}`;
  return (
    <tr data-row>
      <th scope="row">
        <a href={listOf('open')} id={`open-${route}`}>
          {route}
        </a>
      </th>
      <td>
        <Chip word={circuit ?? 'not here'} />
      </td>
      <td>{open ?? <span class="quiet">not counted yet</span>}</td>
      <td>{oldestUndeliveredAt ? <Time at={oldestUndeliveredAt} /> : <span class="quiet">none</span>}</td>
      <td>{blockedMerchants}</td>
      <td>
        <a href={listOf('dead')} aria-label={`${deadLetters} dead letters of ${route}`} id={`dead-${route}`}>
          {deadLetters}
        </a>
      </td>
      {isOperator && (
        <td>
          <Actions {...reading} />
        </td>
      )}
    </tr>
  );
}

function Actions({ route, circuit, open = 0, deadLetters }: RouteReading) {
  if (circuit === undefined)
    return (
      open > 0 &&
      route !== confirmRoute && (
        <a
          class="button small"
          href={`/inbox/give-up?${new URLSearchParams({ route })}`}
          id={`give-up-${route}`}
          aria-label={`Give up the deliveries to ${route}`}
        >
          Give up…
        </a>
      )
    );
  return (
    deadLetters > 0 &&
    route !== confirmRoute && (
      <a
        class="button small"
        href={`/inbox/redeliver?${new URLSearchParams({ route, state: 'dead' })}`}
        id={`redeliver-${route}`}
        aria-label={`Deliver again… the dead letters of ${route}`}
      >
        Deliver again…
      </a>
    )
  );
}
