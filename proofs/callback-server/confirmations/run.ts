import { confirmPlans } from './confirm-plans.ts';
import { runConfirmSimulation } from './confirm-simulation.ts';
import { runPlans } from './run-plans.ts';

await runPlans({
  script: 'callback-server:confirmations',
  plans: confirmPlans,
  run: runConfirmSimulation,
  counts: {
    posted: 'posted',
    forged: 'forged',
    delivered: 'delivered',
    quarantined: 'in quarantine',
    overtaken: 'reversed unseen',
    requests: 'requests',
  },
  delay: 'longest wait',
});
