import { useState } from 'preact/hooks';
import { ControlError, dataOf, isInvalidToken } from '../control/data-of.ts';
import type { Schemas } from '../control/schemas.ts';
import { Dialog } from '../parts/dialog.tsx';
import { saveFile } from '../parts/save-file.ts';
import { useSandbox } from '../session/sandbox-session.ts';
import { showToast } from '../session/toasts.ts';
import { useAct } from '../session/use-act.ts';

/** What replaces the state of the sandbox, after the person has confirmed. */
interface Replacement {
  readonly title: string;
  readonly consequence: string;
  readonly verb: string;
  readonly done: string;
  readonly run: () => Promise<unknown>;
}

const initialState = {
  consequence:
    'All cases, callbacks, faults and the journal are lost. The sandbox returns to its initial state.',
  verb: 'Reset',
  done: 'The sandbox has its initial state.',
};

/** Saves and loads scenarios, and resets the sandbox. */
export function ScenarioPanel() {
  const { control, server, sandboxId } = useSandbox();
  const act = useAct();
  const [replacement, setReplacement] = useState<Replacement>();

  const save = () =>
    act('Saved the scenario. The file contains personal data and tokens.', async () => {
      const scenario = await dataOf(control.GET('/scenario', { params: { query: { reveal: true } } }));
      saveFile(`${sandboxId}.scenario.json`, scenario);
    });

  const load = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    const scenario = scenarioIn(await file.text());
    input.value = ''; // The same file can then be chosen again.
    if (!scenario) return showToast({ kind: 'failed', text: noScenario(file.name) });
    setReplacement({
      title: `Load ${file.name}`,
      consequence: 'The file replaces all cases, callbacks, faults and the policy of this sandbox.',
      verb: 'Load',
      done: `Loaded ${file.name}.`,
      run: () => dataOf(control.PUT('/scenario', { body: scenario })).catch(nameFile(file.name)),
    });
  };

  const reset = () => {
    const params = { path: { sandboxId } };
    setReplacement({
      ...initialState,
      title: `Reset the sandbox ${sandboxId}`,
      run: () => dataOf(server.POST('/sandboxes/{sandboxId}/reset', { params, body: {} })),
    });
  };

  return (
    <section class="sheet" aria-labelledby="state-title">
      <h2 id="state-title">State</h2>
      <p class="quiet">A scenario holds everything: cases, callbacks, tokens, faults, policy and time.</p>
      <div class="buttons">
        <button type="button" onClick={save}>
          Save a scenario
        </button>
        <button type="button" onClick={reset}>
          Reset…
        </button>
      </div>
      <ScenarioFile load={load} />
      {replacement && (
        <ReplacementDialog replacement={replacement} onClose={() => setReplacement(undefined)} />
      )}
    </section>
  );
}

function ScenarioFile({ load }: { readonly load: (input: HTMLInputElement) => void }) {
  return (
    <div class="field">
      <label for="scenario-file">Load a scenario</label>
      <input
        id="scenario-file"
        type="file"
        accept="application/json,.json"
        onChange={({ currentTarget }) => load(currentTarget)}
      />
    </div>
  );
}

interface ReplacementDialogProps {
  readonly replacement: Replacement;
  readonly onClose: () => void;
}

function ReplacementDialog({ replacement, onClose }: ReplacementDialogProps) {
  const act = useAct();
  const { title, consequence, verb, done, run } = replacement;
  const submit = async (event: Event) => {
    event.preventDefault();
    await act(done, run);
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        <p>{consequence} There is no undo: fork the sandbox first to keep its state.</p>
        <div class="buttons">
          <button type="submit" class="decide reject">
            {verb}
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Returns the object in a file. The control API validates it as a scenario. */
function scenarioIn(text: string): Schemas['Scenario'] | undefined {
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && !Array.isArray(value) ? (value ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

function noScenario(name: string): string {
  return `${name} holds no scenario: the file must be a JSON object. Choose a file that this page saved.`;
}

/** Throws the error of a file again, with the name of the file. */
function nameFile(name: string) {
  return (error: unknown): never => {
    if (!(error instanceof ControlError) || isInvalidToken(error)) throw error;
    throw new ControlError(error.status, `${name} was not loaded. ${error.message}`);
  };
}
