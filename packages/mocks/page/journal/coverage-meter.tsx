import { dataOf } from '../control/data-of.ts';
import { EmptyState, WhenLoaded } from '../parts/empty-state.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useLive } from '../session/use-live.ts';

/** How much of the contract this sandbox has seen. */
export function CoverageMeter() {
  const { control } = useSandbox();
  const live = useLive('coverage', () => dataOf(control.GET('/coverage')));
  return (
    <EmptyState title="Select an entry.">
      <WhenLoaded live={live}>
        {({ seen, total }) => (
          <p>
            <label for="coverage">Coverage of the contract: </label>
            <meter id="coverage" min={0} max={total} value={seen} /> {seen} of {total} responses, status
            changes and callbacks
          </p>
        )}
      </WhenLoaded>
    </EmptyState>
  );
}
