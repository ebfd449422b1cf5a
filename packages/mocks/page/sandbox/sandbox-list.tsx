import { useState } from 'preact/hooks';
import { loadAll, maxPart } from '../../src/control/load-all.ts';
import { dataIn, dataOf } from '../control/data-of.ts';
import type { Schemas } from '../control/schemas.ts';
import { Chip } from '../parts/chip.tsx';
import { countWords } from '../parts/count-words.ts';
import { WhenLoaded } from '../parts/empty-state.tsx';
import { Field, hintOf } from '../parts/field.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useAct } from '../session/use-act.ts';
import { useLive } from '../session/use-live.ts';
import { useRouter } from '../session/use-route.ts';

/** All sandboxes of the server, and a form for another sandbox. */
export function SandboxList() {
  const { server, now } = useSandbox();
  const live = useLive(
    'sandboxes',
    () =>
      loadAll(
        (after) => server.GET('/sandboxes', { params: { query: { limit: maxPart, ...after } } }),
        dataIn,
      ),
    now,
  );
  return (
    <section class="sheet" aria-labelledby="sandboxes-title" data-focus-home tabIndex={-1}>
      <h2 id="sandboxes-title">All sandboxes</h2>
      <WhenLoaded live={live}>
        {(sandboxes) => (
          <ul class="plain-list">
            {sandboxes.map((sandbox, index) => (
              <SandboxItem key={sandbox.id} sandbox={sandbox} isFirst={index === 0} />
            ))}
          </ul>
        )}
      </WhenLoaded>
      <CreateSandboxForm />
    </section>
  );
}

interface SandboxItemProps {
  readonly sandbox: Schemas['SandboxSummary'];
  /** Whether this is the default sandbox, which cannot be deleted. */
  readonly isFirst: boolean;
}

function SandboxItem({ sandbox: { id, url, merchants }, isFirst }: SandboxItemProps) {
  const { server, sandboxId } = useSandbox();
  const { hrefTo } = useRouter();
  const act = useAct();
  const remove = (sandboxId: string) =>
    dataOf(server.DELETE('/sandboxes/{sandboxId}', { params: { path: { sandboxId } } }));
  const fork = () =>
    act(
      `Forked ${id}.`,
      () =>
        dataOf(server.POST('/sandboxes/{sandboxId}/fork', { params: { path: { sandboxId: id } }, body: {} })),
      (created) => ({
        label: 'Undo',
        run: () => void act(`Deleted ${created.id}.`, () => remove(created.id)),
      }),
    );
  return (
    <li class="card">
      <div class="card-row">
        <a href={hrefTo({ sandboxId: id, view: 'sandbox', id: undefined, filters: {} })}>{id}</a>
        {id === sandboxId && <Chip tone="busy">shown</Chip>}
        <button type="button" class="small" aria-label={`Fork ${id}`} onClick={fork}>
          Fork
        </button>
        {!isFirst && (
          <button
            type="button"
            class="small"
            aria-label={`Delete ${id}`}
            onClick={() => act(`Deleted ${id}.`, () => remove(id))}
          >
            Delete
          </button>
        )}
      </div>
      <p class="quiet">
        {countWords(merchants, 'case')} · <code>{url}</code>
      </p>
    </li>
  );
}

function CreateSandboxForm() {
  const { server } = useSandbox();
  const { navigate } = useRouter();
  const act = useAct();
  const [id, setId] = useState('');
  const [seed, setSeed] = useState('');
  const create = async (event: Event) => {
    event.preventDefault();
    await act('Created the sandbox.', async () => {
      const body = { ...(id && { id }), ...(seed && { seed }) };
      const created = await dataOf(server.POST('/sandboxes', { body }));
      navigate({ sandboxId: created.id, view: 'sandbox', id: undefined, filters: {} });
    });
  };
  return (
    <form class="stack" aria-labelledby="create-title" onSubmit={create}>
      <h3 id="create-title">Create a sandbox</h3>
      <div class="fields">
        <Field id="sandbox-id" label="Id" hint="Letters, digits, - and _. May be empty.">
          <input
            id="sandbox-id"
            aria-describedby={hintOf('sandbox-id')}
            pattern="[A-Za-z0-9_\-]{1,64}"
            value={id}
            onInput={({ currentTarget }) => setId(currentTarget.value)}
          />
        </Field>
        <Field id="sandbox-seed" label="Seed" hint="Determines ids and tokens. May be empty.">
          <input
            id="sandbox-seed"
            aria-describedby={hintOf('sandbox-seed')}
            value={seed}
            onInput={({ currentTarget }) => setSeed(currentTarget.value)}
          />
        </Field>
      </div>
      <div class="buttons">
        <button type="submit" class="main">
          Create
        </button>
      </div>
    </form>
  );
}
