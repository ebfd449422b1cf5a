import type { Finding } from './finding.ts';

const mostSeconds = 60;

/** Whether this machine's clock agrees with others: with the newest callback, and with what a server of ours says. */
export function checkClock(
  now: Date,
  newestReceivedAt: Date | undefined,
  elsewhere: Date | undefined,
): Finding {
  const behind = newestReceivedAt && secondsBetween(now, newestReceivedAt);
  if (behind !== undefined && behind > mostSeconds)
    return wrong(`the clock is ${behind} s behind the newest callback that is kept`);
  const apart = elsewhere && Math.abs(secondsBetween(now, elsewhere));
  if (apart !== undefined && apart > mostSeconds)
    return wrong(`the clock is ${apart} s apart from the one at PUBLIC_URL`);
  const compared = elsewhere ? ', and agrees with the one at PUBLIC_URL' : '';
  return { about: 'clock', grade: 'ok', says: `says ${now.toISOString()}${compared}` };
}

function wrong(what: string): Finding {
  return { about: 'clock', grade: 'failure', says: `${what}. Run a time service on this machine.` };
}

function secondsBetween(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 1000);
}
