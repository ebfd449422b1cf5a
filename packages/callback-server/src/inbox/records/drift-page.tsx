import type { CountedDrift } from '../../store/drift-record.ts';
import { plainPointer, plainWord } from '../frame/plain-word.ts';
import { Scroller } from '../frame/scroller.tsx';
import { Time } from '../frame/time.tsx';

const maxShown = 500;

/** How callbacks differ from the contract, the most frequent first. */
export function DriftPage({ drift }: { readonly drift: readonly CountedDrift[] }) {
  if (drift.length === 0) return <p class="sheet">Every callback follows the contract.</p>;
  return (
    <div class="sheet">
      <Scroller label="Violations">
        <table>
          <caption>
            Kinds of violations: {drift.length}
            {drift.length > maxShown && `. The ${maxShown} most frequent are shown.`}
          </caption>
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Event</th>
              <th scope="col">Kind</th>
              <th scope="col">The contract says</th>
              <th scope="col">Callbacks</th>
              <th scope="col">Since</th>
              <th scope="col">Last example</th>
            </tr>
          </thead>
          <tbody>
            {drift.slice(0, maxShown).map((each) => (
              <Row {...each} />
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}

function Row({ pointer, subject, keyword, expected, word, count, since, exampleId }: CountedDrift) {
  return (
    <tr data-row>
      <th scope="row">
        <code>{plainPointer(pointer) || 'the whole body'}</code>
      </th>
      <td>{subject}</td>
      <td>{keyword}</td>
      <td>
        {expected}
        {word !== undefined && <span class="quiet"> (new word: {plainWord(word)})</span>}
      </td>
      <td>{count}</td>
      <td>
        <Time at={since} />
      </td>
      <td>
        <a href={`/inbox/callbacks/${exampleId}`}>{exampleId.slice(0, 12)}…</a>
      </td>
    </tr>
  );
}
