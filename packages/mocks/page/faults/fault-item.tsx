import { dataOf } from '../control/data-of.ts';
import type { Fault } from '../control/schemas.ts';
import { Chip } from '../parts/chip.tsx';
import { countWords } from '../parts/count-words.ts';
import { Ago } from '../parts/time.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useAct } from '../session/use-act.ts';
import { addAgain, parametersOf, targetWords } from './fault-spec.ts';

/** A fault with its parameters and its strikes. */
export function FaultItem({ fault }: { readonly fault: Fault }) {
  const { control, now } = useSandbox();
  const act = useAct();
  const { id, kind, struck, times, expiresAt } = fault;
  const name = `${kind} on ${targetWords(fault)}`;
  const isOver = (times !== undefined && struck >= times) || (expiresAt !== undefined && expiresAt <= now);
  const remove = () =>
    act(
      `Removed ${name}.`,
      () => dataOf(control.DELETE('/faults/{faultId}', { params: { path: { faultId: id } } })),
      () => ({ label: 'Undo', run: () => void act(`Added ${name} again.`, () => addAgain(control, fault)) }),
    );
  const parameters = Object.entries(parametersOf(fault));
  return (
    <li class="card">
      <div class="card-row">
        <strong>{kind}</strong> <span>on {targetWords(fault)}</span>
        <Chip tone={isOver ? 'plain' : 'waiting'}>{isOver ? 'over' : 'active'}</Chip>
        <button type="button" class="small" aria-label={`Remove ${name}`} onClick={remove}>
          Remove
        </button>
      </div>
      <p class="quiet">
        struck{' '}
        {times === undefined ? countWords(struck, 'time') : `${struck} of ${countWords(times, 'time')}`}
        {parameters.map(([parameter, value]) => ` · ${parameter} ${value}`)}
        {expiresAt !== undefined && (
          <>
            {' '}
            · ends <Ago at={expiresAt} />
          </>
        )}
      </p>
    </li>
  );
}
