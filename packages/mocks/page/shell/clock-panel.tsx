import { useId, useState } from 'preact/hooks';
import { dataOf } from '../control/data-of.ts';
import { Ago } from '../parts/time.tsx';
import { zonedTime } from '../parts/time-words.ts';
import { useSandbox } from '../session/sandbox-session.ts';
import { useAct } from '../session/use-act.ts';

const steps = [
  ['1 minute', 60],
  ['1 hour', 3600],
  ['1 day', 86_400],
  ['14 days', 1_209_600],
] as const;

/** The time of the sandbox, and a panel that moves it forward. */
export function ClockPanel() {
  const { now } = useSandbox();
  const id = useId();
  return (
    <>
      <button type="button" class="clock" popovertarget={id} title="The clock of the sandbox">
        <time dateTime={new Date(now).toISOString()}>
          <span class="date">{zonedTime(now).slice(0, 10)} </span>
          {zonedTime(now).slice(11)}
        </time>
      </button>
      <div id={id} popover="auto" class="panel" role="dialog" aria-label="Clock">
        <ClockSteps />
      </div>
    </>
  );
}

function ClockSteps() {
  const { control, now, nextDueAt } = useSandbox();
  const act = useAct();
  const [minutes, setMinutes] = useState('30');
  const advance = (words: string, seconds: number) =>
    act(`The clock moved forward by ${words}.`, () =>
      dataOf(control.POST('/clock/advance', { body: { seconds } })),
    );
  const submit = (event: Event) => {
    event.preventDefault();
    void advance(`${minutes} minutes`, Math.round(Number(minutes) * 60));
  };
  return (
    <>
      <p class="quiet">
        Moving the clock forward runs everything that becomes due. The clock never moves back.
      </p>
      <div class="buttons">
        {steps.map(([words, seconds]) => (
          <button
            key={words}
            type="button"
            aria-label={`Move the clock forward by ${words}`}
            onClick={() => advance(words, seconds)}
          >
            +{words}
          </button>
        ))}
      </div>
      <form class="inline-form" onSubmit={submit}>
        <label for="clock-minutes">Minutes</label>
        <input
          id="clock-minutes"
          type="number"
          min="1"
          required
          value={minutes}
          onInput={({ currentTarget }) => setMinutes(currentTarget.value)}
        />
        <button type="submit">Move forward</button>
      </form>
      <p>
        {nextDueAt === undefined ? (
          'Nothing is due.'
        ) : (
          <>
            Next task: <Ago at={nextDueAt} />{' '}
            <button
              type="button"
              class="small"
              onClick={() => advance('the next task', Math.max(1, Math.ceil((nextDueAt - now) / 1000)))}
            >
              Go there
            </button>
          </>
        )}
      </p>
    </>
  );
}
