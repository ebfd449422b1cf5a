/** Too many callbacks wait for a commit. This callback was not stored: the sender has to send it again. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
  readonly code = 'STORE_BUSY';

  constructor() {
    super('Too many callbacks wait for a commit. Send this callback again later.');
  }
}
