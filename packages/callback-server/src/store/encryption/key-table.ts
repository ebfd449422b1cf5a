/** A data key as it is stored: wrapped with a master key. */
export interface WrappedKey {
  readonly id: string;
  readonly masterKey: string;
  readonly wrapped: Uint8Array;
}

/** Proves that a given master key is the one that wrapped the stored data keys. */
export interface MasterKeyCheck {
  readonly id: string;
  /** A constant, encrypted with the master key. */
  readonly checkValue: Uint8Array;
}

/** Stores wrapped data keys. */
export interface KeyTable {
  masterKeyChecks(): Promise<MasterKeyCheck[]>;
  addMasterKeyCheck(check: MasterKeyCheck): Promise<void>;
  /** Drops the check values of master keys that wrap no data key any more. */
  dropUnusedMasterKeys(current: string): Promise<void>;
  dataKey(id: string): Promise<WrappedKey | undefined>;
  dataKeyOf(owner: string): Promise<WrappedKey | undefined>;
  /** Adds an owner's key. Resolves to that key, or to the key that the owner has already. */
  addDataKey(owner: string, key: WrappedKey, now: Date): Promise<WrappedKey>;
  dropDataKey(owner: string): Promise<void>;
  /** Data keys that another master key than the current one wraps, up to a limit. */
  dataKeysToRewrap(current: string, limit: number): Promise<WrappedKey[]>;
  replaceDataKeys(keys: readonly WrappedKey[]): Promise<void>;
  /** Id of the store's own data key; `undefined` if nothing is encrypted. */
  encryptedUnder(): Promise<string | undefined>;
  setEncryptedUnder(storeKey: string): Promise<void>;
  /** Whether no callback is stored. */
  isEmpty(): Promise<boolean>;
}
