import { isMasked, MaskedValue, textOf } from './masked-value.tsx';

interface ValueTableProps {
  readonly caption: string;
  readonly values: { readonly [name: string]: unknown };
  /** Fetches the value of this name without its mask. */
  readonly reveal: (name: string) => Promise<unknown>;
}

/** A table of named values. Empty values are left out. */
export function ValueTable({ caption, values, reveal }: ValueTableProps) {
  const shown = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return (
    <table class="values">
      <caption>{caption}</caption>
      <tbody>
        {shown.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {isMasked(value) ? (
                <MaskedValue name={name} masked={value} reveal={() => reveal(name)} />
              ) : (
                textOf(value)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
