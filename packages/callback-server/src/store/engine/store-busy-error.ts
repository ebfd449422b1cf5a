/** More waits to be kept than the store takes on. Nothing of this callback was kept: it is to be sent again later. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
  readonly code = 'STORE_BUSY';

  constructor() {
    super('Too many callbacks wait to be kept. Send it again later.');
  }
}
