import type { ComponentChildren } from 'preact';
import { isMasked, MaskedValue } from './masked-value.tsx';
import { valueAt } from './value-at.ts';

interface JsonViewProps {
  /** Names the value for screen readers. */
  readonly label: string;
  readonly value: unknown;
  /** Fetches the same value without masks. */
  readonly reveal: () => Promise<unknown>;
}

/** A JSON value with its masks. Each masked value can be revealed by itself. */
export function JsonView({ label, value, reveal }: JsonViewProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard can then scroll the text
    <pre class="json" tabIndex={0} role="group" aria-label={label}>
      <Json value={value} path={[]} reveal={reveal} />
    </pre>
  );
}

interface JsonProps {
  readonly value: unknown;
  readonly path: readonly string[];
  readonly reveal: () => Promise<unknown>;
}

function Json({ value, path, reveal }: JsonProps): ComponentChildren {
  if (isMasked(value)) {
    const revealThis = async () => valueAt(await reveal(), path);
    return <MaskedValue name={path.at(-1) ?? 'the value'} masked={value} reveal={revealThis} />;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const isArray = Array.isArray(value);
  const entries = Object.entries(value);
  const [open, close] = isArray ? '[]' : '{}';
  if (entries.length === 0) return `${open}${close}`;
  const indent = '  '.repeat(path.length);
  return (
    <>
      {open}
      {entries.map(([name, each], index) => (
        <span key={name}>
          {`\n${indent}  ${isArray ? '' : `${JSON.stringify(name)}: `}`}
          <Json value={each} path={[...path, name]} reveal={reveal} />
          {index < entries.length - 1 ? ',' : ''}
        </span>
      ))}
      {`\n${indent}${close}`}
    </>
  );
}
