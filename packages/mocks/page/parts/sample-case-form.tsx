import { useState } from 'preact/hooks';
import { dataOf } from '../control/data-of.ts';
import { useSandbox } from '../session/sandbox-session.ts';
import { useAct } from '../session/use-act.ts';
import { useRouter } from '../session/use-route.ts';
import { countWords } from './count-words.ts';

/** Creates sample cases of a partner of their own. */
export function SampleCaseForm() {
  const { control } = useSandbox();
  const { navigate } = useRouter();
  const act = useAct();
  const [number, setNumber] = useState('1');
  const create = async (event: Event) => {
    event.preventDefault();
    await act(`Created ${countWords(Number(number), 'sample case')}.`, async () => {
      const body = { number: Number(number) };
      const [first] = await dataOf(control.POST('/merchants', { body }));
      if (first) navigate({ view: 'cases', id: first.id, filters: {} }, { focus: true });
    });
  };
  return (
    <form class="inline-form" onSubmit={create}>
      <label for="sample-number">Sample cases</label>
      <input
        id="sample-number"
        type="number"
        min="1"
        max="1000"
        required
        value={number}
        onInput={({ currentTarget }) => setNumber(currentTarget.value)}
      />
      <button type="submit" class="main">
        Create
      </button>
    </form>
  );
}
