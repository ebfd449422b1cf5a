import type { DataKey } from './data-key.ts';

/** Protects personal data in the database. */
export interface Encryption {
  /**
   * Ids of the master keys that this process has. The process can read data whose keys these master keys wrap, and
   * plaintext.
   */
  readonly masterKeyIds: readonly string[];
  /**
   * Checks that this process has the master keys that are in use now: another process may have added or retired keys.
   *
   * @throws MasterKeyError if this process lacks a master key.
   */
  assertUsable(): Promise<void>;
  /** The database's name for a merchant. */
  pseudonymOf(merchantId: string): string;
  /** A keyed hash: equal for equal texts, and useless for guessing them. */
  digest(text: string): Uint8Array;
  /**
   * The data key of a merchant, or of callbacks without a merchant. Creates the key if there is none.
   *
   * @throws MasterKeyError if this process lacks the master key that wraps the data key, or that wraps new data keys.
   */
  keyOfMerchant(merchant: string | null): Promise<DataKey>;
  /**
   * The data key of that id; `undefined` if the key was erased.
   *
   * @throws MasterKeyError if this process lacks the master key that wraps the data key: the encrypted data is not lost.
   * @throws UnreadableError if the data key is damaged.
   */
  keyById(id: string | null): Promise<DataKey | undefined>;
  /** Encrypts data that belongs to no merchant and is never erased. */
  readonly storeKey: DataKey;
  /**
   * Removes a merchant's key from the cache, so that the next use reads it from the database.
   *
   * @throws MasterKeyError if there are no keys, because the database was not encrypted when it was opened.
   */
  evictKeyOf(merchant: string | null): void;
  /** Deletes a merchant's key, so that everything that the key encrypts stays unreadable for ever. */
  destroyKeyOf(merchant: string): Promise<void>;
  /** Wraps every data key with the current master key, and retires the other master keys. */
  rewrapKeys(): Promise<RewrapResult>;
}

export interface RewrapResult {
  /** How many data keys another master key had wrapped. */
  readonly rewrapped: number;
  /** How many data keys are damaged, and stay as they are. */
  readonly unreadable: number;
}
