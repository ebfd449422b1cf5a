import { useState } from 'preact/hooks';
import { useSandbox } from '../session/sandbox-session.ts';

/** Whether a value is what `redact` puts in place of personal data and secrets, such as `[email]`. */
export function isMasked(value: unknown): value is string {
  return typeof value === 'string' && /^\[[\w -]+\]/.test(value);
}

interface MaskedValueProps {
  /** The name of the value, for the button. */
  readonly name: string;
  readonly masked: string;
  /** Fetches the value itself. */
  readonly reveal: () => Promise<unknown>;
}

/** A masked value with a button that reveals this value and no other. */
export function MaskedValue({ name, masked, reveal }: MaskedValueProps) {
  const { report } = useSandbox();
  const [value, setValue] = useState<string>();
  const isRevealed = value !== undefined;
  const toggle = async () => {
    if (isRevealed) return setValue(undefined);
    try {
      setValue(textOf(await reveal()));
    } catch (error) {
      report(error);
    }
  };
  return (
    <span class="revealable">
      <span class={isRevealed ? 'revealed' : 'masked'}>{value ?? masked}</span>{' '}
      <button
        type="button"
        class="small"
        aria-label={`${isRevealed ? 'Mask' : 'Reveal'} ${name}`}
        onClick={toggle}
      >
        {isRevealed ? 'Mask' : 'Reveal'}
      </button>
    </span>
  );
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
