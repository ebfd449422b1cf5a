import { runPlans } from '../confirmations/run-plans.ts';
import { reconcilePlans } from './reconcile-plans.ts';
import { runReconcileSimulation } from './reconcile-simulation.ts';

await runPlans({
  script: 'callback-server:reconciliations',
  plans: reconcilePlans,
  run: runReconcileSimulation,
  counts: { posted: 'posted', forged: 'forged', recovered: 'recovered', requests: 'requests' },
  delay: 'longest way to a final decision',
});
