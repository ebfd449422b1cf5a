import type { AskedRedelivery } from './asked-redelivery.ts';
import { CountForm } from './count-form.tsx';
import { redeliveryWords } from './redelivery-words.ts';

interface RedeliverFormProps extends AskedRedelivery {
  /** Names of the routes that this server delivers to. */
  readonly routes: readonly string[];
}

/** Asks for the route and the states of a redelivery. The next page is the dry run. */
export function RedeliverForm({ routes, ids, fields, states }: RedeliverFormProps) {
  const chosen = states.length > 0 ? states : ['dead', 'missing'];
  const asked = ids.length > 0 ? `Selected callbacks: ${ids.length}.` : `All callbacks${limitsIn(fields)}.`;
  return (
    <CountForm
      action="/inbox/redeliver"
      fields={fields.filter(([name]) => name !== 'state')}
      asked={asked}
      routes={routes}
    >
      <fieldset>
        <legend>Deliveries that were</legend>
        {redeliveryWords.map(([state, words]) => (
          <label class="check">
            <input type="checkbox" name="state" value={state} checked={chosen.includes(state)} /> {words}
          </label>
        ))}
      </fieldset>
    </CountForm>
  );
}

function limitsIn(fields: AskedRedelivery['fields']): string {
  const words = fields.filter(([name]) => name !== 'state').map(([name, text]) => `${name} ${text}`);
  return words.length > 0 ? ` with ${words.join(', ')}` : '';
}
