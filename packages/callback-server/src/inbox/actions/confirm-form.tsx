import type { Visitor } from '../access/visitor.ts';
import { CsrfField } from '../frame/csrf-field.tsx';

/** The fields of a form. A field can occur several times. */
export type Fields = readonly (readonly [name: string, text: string])[];

export function HiddenFields({ fields }: { readonly fields: Fields }) {
  return (
    <>
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

interface ConfirmFormProps {
  readonly visitor: Visitor;
  readonly action: string;
  readonly fields: Fields;
  /** What the button does. */
  readonly label: string;
  /** Whether the dry run has found anything. */
  readonly isPossible: boolean;
}

/** Asks once more, after a dry run. */
export function ConfirmForm({ visitor, action, fields, label, isPossible }: ConfirmFormProps) {
  return (
    <form method="post" action={action} class="buttons">
      <CsrfField visitor={visitor} />
      <HiddenFields fields={fields} />
      {isPossible && (
        <button type="submit" class="main" id="confirm">
          {label}
        </button>
      )}
      <a class="button" href="/inbox/callbacks">
        {isPossible ? 'Cancel' : 'Back to the list'}
      </a>
    </form>
  );
}
