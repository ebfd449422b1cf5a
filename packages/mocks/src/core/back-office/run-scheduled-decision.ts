import { moves, reversalOf } from '../model/case-status.ts';
import type { Step } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { State } from '../model/state.ts';
import { find, without } from '../model/table.ts';
import { decideCase } from './decide.ts';

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
