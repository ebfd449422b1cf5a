import type { Child } from 'hono/jsx';
import { Scroller } from '../frame/scroller.tsx';

interface HourTableProps {
  /** Keeps the table open when the page is updated. */
  readonly id: string;
  readonly label: string;
  /** The class of a colour, and what it means. */
  readonly columns: readonly (readonly [tone: string, text: string])[];
  readonly rows: readonly { readonly hour: Date; readonly cells: readonly Child[] }[];
}

/** What is below a chart of hours: where it begins and ends, what its colours mean, and its numbers as a table. */
export function HourTable({ id, label, columns, rows }: HourTableProps) {
  return (
    <>
      <p class="axis quiet" aria-hidden="true">
        <span>{rows[0]?.hour.toISOString().slice(11, 16)}</span>
        <span>now</span>
      </p>
      <ul class="legend" aria-hidden="true">
        {columns.map(([tone, text]) => (
          <li class={tone}>{text}</li>
        ))}
      </ul>
      <details id={id}>
        <summary>As a table</summary>
        <Scroller label={label}>
          <table>
            <caption class="hidden">{label}</caption>
            <thead>
              <tr>
                <th scope="col">Hour</th>
                {columns.map(([, text]) => (
                  <th scope="col">{text}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ hour, cells }) => (
                <tr>
                  <th scope="row">{hour.toISOString().slice(5, 16).replace('T', ' ')}</th>
                  {cells.map((cell) => (
                    <td>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      </details>
    </>
  );
}
