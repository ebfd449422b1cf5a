import { dataOf } from '../control/data-of.ts';
import { CallbackLink } from '../parts/callback-link.tsx';
import { WhenLoaded } from '../parts/empty-state.tsx';
import { useSandbox } from '../session/sandbox-session.ts';
import { useLive } from '../session/use-live.ts';

/** The callbacks about a case, newest first. */
export function CaseCallbacks({ merchantId }: { readonly merchantId: string }) {
  const { control } = useSandbox();
  const live = useLive(`callbacks of ${merchantId}`, () =>
    dataOf(control.GET('/callbacks', { params: { query: { merchantId, order: 'newest' } } })),
  );
  return (
    <WhenLoaded live={live}>
      {(callbacks) =>
        callbacks.length === 0 ? (
          <p class="quiet">No callbacks. The partner registers URLs with registerCallbacks.</p>
        ) : (
          <ul class="plain-list">
            {callbacks.map((callback) => (
              <li key={callback.id}>
                <CallbackLink callback={callback} />
              </li>
            ))}
          </ul>
        )
      }
    </WhenLoaded>
  );
}
