import type { Callback } from '../control/schemas.ts';
import { Chip, ResponseChip } from '../parts/chip.tsx';
import { Time } from '../parts/time.tsx';
import { durationWords } from '../parts/time-words.ts';

/** The attempts to post a callback, oldest first, each with its outcome and its duration. */
export function AttemptList({ callback: { attempts } }: { readonly callback: Callback }) {
  if (attempts.length === 0) return <p class="quiet">None yet.</p>;
  return (
    <ol class="attempts">
      {attempts.map(({ at, startedAt = at, status, problem }) => (
        <li key={at}>
          {status === undefined ? (
            <Chip tone="bad">{problem ?? 'no response'}</Chip>
          ) : (
            <ResponseChip status={status} />
          )}{' '}
          <Time at={at} /> <span class="quiet">· took {durationWords(at - startedAt)}</span>
        </li>
      ))}
    </ol>
  );
}
