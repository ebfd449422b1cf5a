import { dataOf } from '../control/data-of.ts';
import { EmptyState, WhenLoaded } from '../parts/empty-state.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useLive } from '../session/use-live.ts';
import { useRouter } from '../session/use-route.ts';

/** Says that the sandbox of the address does not exist, and offers the other sandboxes. */
export function Vanished() {
  const { server, sandboxId } = useSandbox();
  const { hrefTo } = useRouter();
  const live = useLive('other sandboxes', () => dataOf(server.GET('/sandboxes')));
  return (
    <EmptyState title={`The sandbox ${sandboxId} does not exist.`}>
      <p>It was deleted, or the server was started again. Choose another sandbox:</p>
      <WhenLoaded live={live}>
        {(sandboxes) => (
          <ul class="plain-list">
            {sandboxes.map(({ id }) => (
              <li key={id}>
                <a href={hrefTo({ sandboxId: id, view: 'cases', id: undefined, filters: {} })}>{id}</a>
              </li>
            ))}
          </ul>
        )}
      </WhenLoaded>
    </EmptyState>
  );
}
