import type { FaultParameter } from '../../src/core/faults/fault-parameters.ts';
import { Field, hintOf } from '../parts/field.tsx';

interface ParameterFieldProps {
  readonly name: string;
  readonly parameter: FaultParameter;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The field of one parameter of a fault, as its type needs it. */
export function ParameterField({ name, parameter, value, onChange }: ParameterFieldProps) {
  const id = `parameter-${name}`;
  const { required = false } = parameter;
  const attributes = { id, required, value, 'aria-describedby': hintOf(id) };
  const read = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
    onChange(currentTarget.value);
  return (
    <Field id={id} label={labelOf(name)} hint={`${hintFor(parameter)}${required ? '' : ' May be empty.'}`}>
      {parameter.type === 'choice' ? (
        <select {...attributes} onChange={read}>
          <option value="">default</option>
          {parameter.options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <input {...attributes} {...numberAttributes(parameter)} spellcheck={false} onInput={read} />
      )}
    </Field>
  );
}

function numberAttributes(parameter: FaultParameter) {
  if (parameter.type === 'count') return { type: 'number', min: 1, max: parameter.max } as const;
  if (parameter.type === 'error-status') return { type: 'number', min: 400, max: 599 } as const;
  return { type: 'text' } as const;
}

/** `retryAfterSeconds` becomes `Retry after seconds`. */
function labelOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function hintFor(parameter: FaultParameter): string {
  switch (parameter.type) {
    case 'count':
      return `A number, such as ${parameter.example}.`;
    case 'error-status':
      return 'A status from 400 to 599.';
    case 'duration':
      return `Such as ${parameter.example}.`;
    case 'pointer':
      return `A JSON pointer, such as ${parameter.example}.`;
    case 'choice':
      return `One of ${parameter.options.join(', ')}.`;
  }
}
