import type { AuditEntry } from '../../store/engine/read-rows.ts';
import { Scroller } from '../frame/scroller.tsx';
import { Time } from '../frame/time.tsx';

interface AuditPageProps {
  readonly entries: readonly AuditEntry[];
  /** The number of entries of the next, longer list. */
  readonly more: number | undefined;
}

/** Who did what, newest first. */
export function AuditPage({ entries, more }: AuditPageProps) {
  if (entries.length === 0) return <p class="sheet">Nobody has changed or revealed anything yet.</p>;
  return (
    <>
      <div class="sheet">
        <Scroller label="Actions">
          <table>
            <caption class="hidden">Actions, newest first</caption>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">Details</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ at, actor, action, details }) => (
                <tr>
                  <th scope="row">
                    <Time at={at} />
                  </th>
                  <td>{actor}</td>
                  <td>{action}</td>
                  <td>
                    <dl class="facts">
                      {Object.entries(details).map(([name, value]) => (
                        <div class="fact">
                          <dt>{name}</dt>
                          <dd>{value}</dd>
                        </div>
                      ))}
                    </dl>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      </div>
      {more && (
        <nav class="pager" aria-label="Pages">
          <a class="button" href={`/inbox/audit?limit=${more}`}>
            Show {more}
          </a>
        </nav>
      )}
    </>
  );
}
