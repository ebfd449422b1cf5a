import type { ComponentChildren } from 'preact';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly children: ComponentChildren;
}

/** The label and the hint of an input, which has the same id. The input names the hint by `hintOf(id)`. */
export function Field({ id, label, hint, children }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint !== undefined && (
        <p class="hint" id={hintOf(id)}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function hintOf(id: string): string {
  return `${id}-hint`;
}
