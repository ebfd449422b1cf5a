import type { Account, Accounts } from './accounts.ts';
import { TooManyWaitError } from './in-turn.ts';
import { createSlowDown } from './slow-down.ts';

/** What a check of a name and a secret has found. Empty if the secret is wrong. */
interface Checked {
  readonly account?: Account;
  /** Seconds to wait. Nothing was checked, because of earlier failures or of many checks at once. */
  readonly waitSeconds?: number;
}

/** Failures in a row that cost no time. Many people can share an address. */
const freeFailures = { name: 5, address: 20 };
const secondsWhenBusy = 5;

/** Creates a check that failures of a name and of an address slow down. */
export function createSlowedCheck(accounts: Accounts) {
  const names = createSlowDown({ free: freeFailures.name });
  const addresses = createSlowDown({ free: freeFailures.address });
  return async (name: string, secret: string, address: string): Promise<Checked> => {
    const brakes = [{ slowDown: addresses, key: address }];
    // A token cannot be guessed, and all tokens share one name, which anybody could slow down.
    if (accounts.asksFor === 'password') brakes.push({ slowDown: names, key: name });
    const waitMs = Math.max(...brakes.map(({ slowDown, key }) => slowDown.waitMs(key)));
    if (waitMs > 0) return { waitSeconds: Math.ceil(waitMs / 1000) };
    for (const { slowDown, key } of brakes) slowDown.count(key);
    const takeBack = () => {
      for (const { slowDown, key } of brakes) slowDown.takeBack(key);
    };
    try {
      const account = await accounts.check(name, secret);
      if (!account) return {};
      // A visitor who signs in now and then must not hide the failures of others at the same address.
      takeBack();
      names.forget(name);
      return { account };
    } catch (error) {
      takeBack();
      if (error instanceof TooManyWaitError) return { waitSeconds: secondsWhenBusy };
      throw error;
    }
  };
}
