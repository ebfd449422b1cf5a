import { useSandbox } from '../session/sandbox-session.ts';
import { timeFromNow, zonedTime } from './time-words.ts';

/** How long ago a time of the sandbox is, with the time and its zone as a title. */
export function Ago({ at }: { readonly at: number }) {
  const { now } = useSandbox();
  return (
    <time dateTime={new Date(at).toISOString()} title={zonedTime(at)}>
      {timeFromNow(at, now)}
    </time>
  );
}

/** A time with its zone, and how long ago it is. */
export function Time({ at }: { readonly at: number }) {
  const { now } = useSandbox();
  return (
    <time dateTime={new Date(at).toISOString()}>
      {zonedTime(at)} <span class="quiet">· {timeFromNow(at, now)}</span>
    </time>
  );
}
