import { dataOf } from '../control/data-of.ts';
import { WhenLoaded } from '../parts/empty-state.tsx';
import { SampleCaseForm } from '../parts/sample-case-form.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useLive } from '../session/use-live.ts';
import { AddressFacts } from './address-facts.tsx';
import { PolicyForm } from './policy-form.tsx';
import { SandboxList } from './sandbox-list.tsx';
import { ScenarioPanel } from './scenario-panel.tsx';

/** The address and the settings of the sandbox, and the other sandboxes of the server. */
export function SandboxView() {
  const { control } = useSandbox();
  const policy = useLive('policy', () => dataOf(control.GET('/policy')));
  return (
    <div class="columns">
      <AddressFacts />
      <section class="sheet" aria-labelledby="cases-title">
        <h2 id="cases-title">New cases</h2>
        <WhenLoaded live={policy}>
          {(loaded) => <PolicyForm key={JSON.stringify(loaded)} policy={loaded} />}
        </WhenLoaded>
        <h3>Samples</h3>
        <p class="quiet">A sample case is pending, and belongs to a partner of its own.</p>
        <SampleCaseForm />
      </section>
      <ScenarioPanel />
      <SandboxList />
    </div>
  );
}
