/** A data key, as it is kept: wrapped by a master key. */
export interface WrappedKey {
  readonly id: string;
  readonly masterKey: string;
  readonly wrapped: Uint8Array;
}

/** A master key's id, and a word that it alone opens. */
export interface MasterKeyCheck {
  readonly id: string;
  readonly sealed: Uint8Array;
}

/** Where wrapped keys are kept. */
export interface KeyTable {
  masterKeyChecks(): Promise<MasterKeyCheck[]>;
  addMasterKeyCheck(mark: MasterKeyCheck): Promise<void>;
  /** Forgets the master keys that wrap nothing any more. */
  dropUnusedMasterKeys(current: string): Promise<void>;
  dataKey(id: string): Promise<WrappedKey | undefined>;
  dataKeyOf(owner: string): Promise<WrappedKey | undefined>;
  /** Adds an owner's key, and gives it; or the one that was added before. */
  addDataKey(owner: string, key: WrappedKey, now: Date): Promise<WrappedKey>;
  dropDataKey(owner: string): Promise<void>;
  /** Some of the keys that another master key than the current one wraps. */
  dataKeysToRewrap(current: string, limit: number): Promise<WrappedKey[]>;
  replaceDataKeys(keys: readonly WrappedKey[]): Promise<void>;
  /** The key that everything else is sealed under, as the database itself has it. */
  encryptedUnder(): Promise<string | undefined>;
  setEncryptedUnder(ownKey: string): Promise<void>;
  /** Whether anything is kept. */
  isEmpty(): Promise<boolean>;
}
