const sentences = {
  MASTER_KEY_MISSING: 'Add it to MASTER_KEYS, after the first key.',
  DATABASE_ENCRYPTED: 'Give its master keys in MASTER_KEYS.',
};

/** This process lacks a master key. The data that it cannot read is not lost: a process with the key can read the data. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
  readonly code: keyof typeof sentences;

  constructor(code: keyof typeof sentences, problem: string) {
    super(`${problem} ${sentences[code]}`);
    this.code = code;
  }
}
