/** A fault that the simulation has planned. */
export class PlannedFaultError extends Error {
  override readonly name = 'PlannedFaultError';
}
