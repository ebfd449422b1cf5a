import type { BackOfficeDecision } from './case-status.ts';

/** A decision that is made by itself. */
export interface ScheduledDecision<Decision extends string = BackOfficeDecision | 'reverse'> {
  readonly merchantId: string;
  readonly decision: Decision;
  readonly reason: string;
  readonly instructions: string;
  /** In epoch milliseconds. */
  readonly dueAt: number;
  /** Who made it. */
  readonly by: 'policy' | 'fault';
}
