import { decideCase } from '../back-office/decide.ts';
import { moves, reversalOf } from '../back-office/moves.ts';
import type { Step } from '../command.ts';
import type { Env } from '../env.ts';
import type { State } from '../state.ts';
import { find, without } from '../table.ts';

/** Makes a decision that was to be made later, unless the case has moved on in the meantime. */
export function keepAppointment(state: State, appointmentId: string, env: Env): Step {
  const response = { status: 200, body: {} };
  const appointment = find(state.appointments, appointmentId);
  if (!appointment) return { state, response, effects: [] };
  const kept = { ...state, appointments: without(state.appointments, appointmentId) };
  const merchant = find(state.merchants, appointment.merchantId);
  const decision =
    appointment.decision === 'reverse' ? merchant && reversalOf(merchant.status) : appointment.decision;
  if (!merchant || !decision || moves[merchant.status][decision] === undefined)
    return { state: kept, response, effects: [] };
  const { by, reason, instructions } = appointment;
  return {
    ...decideCase(kept, merchant, { decision, details: { reason, instructions }, by }, env),
    response,
  };
}
