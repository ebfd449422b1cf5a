import type { Change } from '../operation-handler.ts';
import type { State } from '../state.ts';
import { put } from '../table.ts';
import type { Appointment } from './appointment.ts';

/** Notes a decision that is to be made later. */
export function appoint(state: State, appointment: Appointment): Required<Change> {
  const appointmentId = `${appointment.merchantId} ${appointment.by} ${appointment.dueAt}`;
  return {
    state: { ...state, appointments: put(state.appointments, appointmentId, appointment) },
    effects: [{ kind: 'appointment', appointmentId }],
  };
}
