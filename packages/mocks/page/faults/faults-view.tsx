import { dataOf } from '../control/data-of.ts';
import type { Fault } from '../control/schemas.ts';
import { countWords } from '../parts/count-words.ts';
import { EmptyState, WhenLoaded } from '../parts/empty-state.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useAct } from '../session/use-act.ts';
import { useLive } from '../session/use-live.ts';
import { FaultForm } from './fault-form.tsx';
import { FaultItem } from './fault-item.tsx';
import { addAgain } from './fault-spec.ts';

/** The faults of the sandbox, and a form for another fault. */
export function FaultsView() {
  const { control } = useSandbox();
  const live = useLive('faults', () => dataOf(control.GET('/faults')));
  return (
    <div class="columns">
      <section class="sheet" aria-labelledby="faults-title" data-focus-home tabIndex={-1}>
        <h2 id="faults-title">Faults</h2>
        <WhenLoaded live={live}>{(faults) => <FaultList faults={faults} />}</WhenLoaded>
      </section>
      <FaultForm />
    </div>
  );
}

function FaultList({ faults }: { readonly faults: readonly Fault[] }) {
  const { control } = useSandbox();
  const act = useAct();
  if (faults.length === 0)
    return (
      <EmptyState title="No faults.">
        <p>The sandbox responds to every request normally. Add a fault to see how your software copes.</p>
      </EmptyState>
    );
  const clear = () =>
    act(
      `Removed ${countWords(faults.length, 'fault')}.`,
      () => dataOf(control.DELETE('/faults')),
      () => ({
        label: 'Undo',
        run: () =>
          void act('The faults are back.', async () => {
            for (const fault of faults) await addAgain(control, fault);
          }),
      }),
    );
  return (
    <>
      <ul class="plain-list">
        {faults.map((fault) => (
          <FaultItem key={fault.id} fault={fault} />
        ))}
      </ul>
      <div class="buttons">
        <button type="button" onClick={clear}>
          Remove all
        </button>
      </div>
    </>
  );
}
