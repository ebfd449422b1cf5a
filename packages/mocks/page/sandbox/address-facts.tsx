import { dataOf } from '../control/data-of.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { curlOf } from '../parts/curl-of.ts';
import { WhenLoaded } from '../parts/empty-state.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useLive } from '../session/use-live.ts';
import { SecretValue } from './secret-value.tsx';

/** What software needs to call this sandbox: the address, the realm, the flows and the tokens. */
export function AddressFacts() {
  const { control, server, sandboxId, controlToken } = useSandbox();
  const live = useLive('address', async () => {
    const params = { path: { sandboxId } };
    const [{ url }, fixtures] = await Promise.all([
      dataOf(server.GET('/sandboxes/{sandboxId}', { params })),
      dataOf(control.GET('/world')),
    ]);
    return { url, ...fixtures };
  });
  return (
    <section class="sheet" aria-labelledby="address-title" data-focus-home tabIndex={-1}>
      <h2 id="address-title">Sandbox {sandboxId}</h2>
      <WhenLoaded live={live}>
        {({ url, realm, administratorToken }) => (
          <>
            <dl class="facts">
              <Fact name="API" value={url} what="the address of the API" />
              <Fact name="Realm" value={realm.id} note={realm.name} what="the realm's id" />
              {realm.flows.map(({ id, name }) => (
                <Fact key={id} name="Flow" value={id} note={name} what="the flow's id" />
              ))}
              <Fact
                name="Control API"
                value={controlUrlOf(sandboxId)}
                what="the address of the control API"
              />
              <dt>Administrator token</dt>
              <dd>
                <SecretValue name="the administrator token" value={administratorToken} />
              </dd>
              <dt>Control token</dt>
              <dd>
                <SecretValue name="the control token" value={controlToken} />
              </dd>
            </dl>
            <div class="buttons">
              <CopyButton
                what="a request that creates a partner"
                label="Copy curl"
                text={curlOf(createPartnerRequest(url, administratorToken))}
              />
              <span class="quiet">creates a partner, and contains the administrator token</span>
            </div>
          </>
        )}
      </WhenLoaded>
    </section>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
  /** What is copied, in words. */
  readonly what: string;
}

function Fact({ name, value, note, what }: FactProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code> {note && <span class="quiet">{note}</span>}{' '}
        <CopyButton what={what} text={value} />
      </dd>
    </>
  );
}

function controlUrlOf(sandboxId: string): string {
  return `${location.origin}/s/${sandboxId}`;
}

function createPartnerRequest(url: string, administratorToken: string) {
  return {
    method: 'POST',
    url: `${url}/api/distributors`,
    headers: { authorization: administratorToken, 'content-type': 'application/json' },
    body: { username: 'example-broker', password: 'Not-a-real-password-1' },
  };
}
