import type { Change } from '../model/change.ts';
import type { Appointment } from '../model/scheduled-decision.ts';
import type { State } from '../model/state.ts';
import { put } from '../model/table.ts';

/** Notes a decision that is to be made later. */
export function appoint(state: State, appointment: Appointment): Required<Change> {
  const appointmentId = `${appointment.merchantId} ${appointment.by} ${appointment.dueAt}`;
  return {
    state: { ...state, appointments: put(state.appointments, appointmentId, appointment) },
    effects: [{ kind: 'appointment', appointmentId }],
  };
}
