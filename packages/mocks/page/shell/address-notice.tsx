import { useRouter } from '../session/use-route.ts';
import { viewLabels } from './view-labels.ts';

/** Says which parts of the address mean nothing, and what the page shows. */
export function AddressNotice() {
  const { route, navigate } = useRouter();
  const { ignored = [], view, sandboxId } = route;
  return (
    <div class="notice" role="status">
      {ignored.length > 0 && (
        <>
          <span>
            The address has parts that this page does not know: <code>{ignored.join(', ')}</code>. Shown
            without them: {viewLabels[view]} of the sandbox {sandboxId}.
          </span>{' '}
          <button type="button" class="small" onClick={() => navigate({}, { replace: true })}>
            Correct the address
          </button>
        </>
      )}
    </div>
  );
}
