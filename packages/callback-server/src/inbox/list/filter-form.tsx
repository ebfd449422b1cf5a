import { callbackEvents } from '../../callback/callback-event.ts';
import { confirmationStates } from '../../callback/confirmation.ts';
import { filteredStates } from '../../callback/kept-callback.ts';
import { verdicts } from '../../callback/verdict.ts';
import type { ListField, ListTexts } from './list-query.ts';

interface FilterFormProps {
  readonly texts: ListTexts;
  readonly problems: readonly string[];
  readonly routes: readonly string[];
}

const details: readonly ListField[] = [
  'verdict',
  'confirmation',
  'state',
  'route',
  'receivedFrom',
  'receivedUntil',
];

/** The fields of the filter. The address of the list contains all of them, so that a person can keep and send the list. */
export function FilterForm({ texts, problems, routes }: FilterFormProps) {
  const field = { texts };
  return (
    <search>
      <form action="/inbox/callbacks" class="filters">
        {problems.length > 0 && (
          <div class="problem" role="alert">
            {problems.map((problem) => (
              <p>{problem}</p>
            ))}
          </div>
        )}
        <div class="fields">
          <Field {...field} name="merchantId" label="Merchant id" type="search" id="search" />
          <Field {...field} name="signzyAppId" label="Case reference (signzyAppId)" type="search" />
          <Choice {...field} name="event" label="Event" words={[...callbackEvents, 'unknown']} />
        </div>
        <details id="more-fields" open={details.some((name) => texts[name])}>
          <summary>More fields</summary>
          <div class="fields">
            <Choice {...field} name="verdict" label="Verdict" words={verdicts} />
            <Choice {...field} name="confirmation" label="Confirmation" words={confirmationStates} />
            <Choice {...field} name="state" label="Delivery" words={filteredStates} />
            <Choice {...field} name="route" label="Route of the delivery" words={routes} />
            <Field {...field} name="receivedFrom" label="Received from (UTC)" type="datetime-local" />
            <Field {...field} name="receivedUntil" label="Received until (UTC)" type="datetime-local" />
          </div>
        </details>
        <div class="buttons">
          <button type="submit" class="main">
            Show
          </button>
          <a class="button" href="/inbox/callbacks">
            Clear
          </a>
        </div>
      </form>
    </search>
  );
}

interface FieldProps {
  readonly texts: ListTexts;
  readonly name: ListField;
  readonly label: string;
}

function Field({ texts, name, label, type, id = name }: FieldProps & { type: string; id?: string }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        value={texts[name] ?? ''}
        step={type === 'search' ? undefined : 'any'}
      />
    </div>
  );
}

/** Offers the word of the address even if `words` lacks it: another server may have the route. */
function Choice({ texts, name, label, words }: FieldProps & { readonly words: readonly string[] }) {
  const chosen = texts[name];
  const offered = chosen === undefined || words.includes(chosen) ? words : [...words, chosen];
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">any</option>
        {offered.map((word) => (
          <option selected={word === chosen}>{word}</option>
        ))}
      </select>
    </div>
  );
}
