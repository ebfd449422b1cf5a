import { operations } from '@partner-ecosystem/openapi/operations';
import { useState } from 'preact/hooks';
import { callbackFaultKinds, requestFaultKinds } from '../../src/core/faults/fault-kinds.ts';
import { faultParameters } from '../../src/core/faults/fault-parameters.ts';
import { dataOf } from '../control/data-of.ts';
import { Field, hintOf } from '../parts/field.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useAct } from '../session/use-act.ts';
import { type FaultDraft, specOf } from './fault-spec.ts';
import { ParameterField } from './parameter-field.tsx';

const operationNames = ['*', ...Object.keys(operations)];
const eventNames = ['*', 'pending', 'accept', 'reject'];

/** Begins with each parameter that the kind requires filled with an example. */
function draftOf(target: string, kind: string): Pick<FaultDraft, 'target' | 'kind' | 'parameters'> {
  const required = Object.entries(faultParameters[kind] ?? {}).filter(([, parameter]) => parameter.required);
  return {
    target,
    kind,
    parameters: Object.fromEntries(required.map(([name, { example }]) => [name, example])),
  };
}

/** The kinds of faults that can strike a target, each with its effect in words. */
function effectsOn(target: string): { readonly [kind: string]: string } {
  if (target.startsWith('callback')) return callbackFaultKinds;
  return Object.fromEntries(Object.entries(requestFaultKinds).map(([kind, { shows }]) => [kind, shows]));
}

/** A form that adds a fault, with a field for each parameter of its kind. */
export function FaultForm() {
  const { control } = useSandbox();
  const act = useAct();
  const [draft, setDraft] = useState<FaultDraft>({
    ...draftOf('operation *', 'status'),
    times: '1',
    rate: '',
    ttl: '10m',
  });
  const effects = effectsOn(draft.target);
  const change = (changes: Partial<FaultDraft>) => setDraft({ ...draft, ...changes });
  const setTarget = (target: string) => {
    const kinds = Object.keys(effectsOn(target));
    change(draftOf(target, kinds.includes(draft.kind) ? draft.kind : (kinds[0] ?? '')));
  };

  const remove = (faultId: string) =>
    dataOf(control.DELETE('/faults/{faultId}', { params: { path: { faultId } } }));
  const add = (event: Event) => {
    event.preventDefault();
    void act(
      `Added ${draft.kind}.`,
      () => dataOf(control.POST('/faults', { body: specOf(draft) })),
      ({ id }) => ({ label: 'Undo', run: () => void act(`Removed ${draft.kind}.`, () => remove(id)) }),
    );
  };

  return (
    <form class="sheet stack" aria-labelledby="fault-title" onSubmit={add}>
      <h2 id="fault-title">Add a fault</h2>
      <div class="fields">
        <Field id="fault-target" label="Where">
          <TargetSelect value={draft.target} onSelect={setTarget} />
        </Field>
        <Field id="fault-kind" label="What" hint={`Shows: ${effects[draft.kind]}.`}>
          <KindSelect
            value={draft.kind}
            kinds={Object.keys(effects)}
            onSelect={(kind) => change(draftOf(draft.target, kind))}
          />
        </Field>
        {Object.entries(faultParameters[draft.kind] ?? {}).map(([name, parameter]) => (
          <ParameterField
            key={`${draft.kind} ${name}`}
            name={name}
            parameter={parameter}
            value={draft.parameters[name] ?? ''}
            onChange={(value) => change({ parameters: { ...draft.parameters, [name]: value } })}
          />
        ))}
      </div>
      <OccurrenceFields draft={draft} change={change} />
      <div class="buttons">
        <button type="submit" class="main">
          Add the fault
        </button>
      </div>
    </form>
  );
}

interface TargetSelectProps {
  readonly value: string;
  readonly onSelect: (target: string) => void;
}

function TargetSelect({ value, onSelect }: TargetSelectProps) {
  return (
    <select id="fault-target" value={value} onChange={({ currentTarget }) => onSelect(currentTarget.value)}>
      <optgroup label="Responses">
        {operationNames.map((name) => (
          <option key={name} value={`operation ${name}`}>
            {name === '*' ? 'every operation' : name}
          </option>
        ))}
      </optgroup>
      <optgroup label="Callbacks">
        {eventNames.map((name) => (
          <option key={name} value={`callback ${name}`}>
            {name === '*' ? 'every callback' : `${name} callback`}
          </option>
        ))}
      </optgroup>
    </select>
  );
}

interface KindSelectProps {
  readonly value: string;
  readonly kinds: readonly string[];
  readonly onSelect: (kind: string) => void;
}

function KindSelect({ value, kinds, onSelect }: KindSelectProps) {
  return (
    <select
      id="fault-kind"
      aria-describedby={hintOf('fault-kind')}
      value={value}
      onChange={({ currentTarget }) => onSelect(currentTarget.value)}
    >
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          {kind}
        </option>
      ))}
    </select>
  );
}

interface OccurrenceFieldsProps {
  readonly draft: FaultDraft;
  readonly change: (changes: Partial<FaultDraft>) => void;
}

/** How often a fault strikes, and until when. */
function OccurrenceFields({ draft, change }: OccurrenceFieldsProps) {
  const fields = [
    ['times', 'Strikes', 'Empty: as often as it applies.', { type: 'number', min: '1' }],
    [
      'rate',
      'Probability',
      'From 0 to 1. Empty: always.',
      { type: 'number', min: '0', max: '1', step: 'any' },
    ],
    ['ttl', 'Ends after', 'Such as 90s, 10m or 2d. Empty: never.', { type: 'text' }],
  ] as const;
  return (
    <div class="fields">
      {fields.map(([name, label, hint, attributes]) => {
        const id = `fault-${name}`;
        return (
          <Field key={name} id={id} label={label} hint={hint}>
            <input
              id={id}
              aria-describedby={hintOf(id)}
              {...attributes}
              value={draft[name]}
              onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
            />
          </Field>
        );
      })}
    </div>
  );
}
