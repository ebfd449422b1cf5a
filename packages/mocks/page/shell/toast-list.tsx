import { useEffect, useRef } from 'preact/hooks';
import { dismissToast, type Toast, takeOffer, useToasts } from '../session/toasts.ts';

const shownMs = 10_000;

/** The newest messages. Screen readers announce them as they come. */
export function ToastList() {
  const toasts = useToasts();
  const ofKind = (kind: Toast['kind']) =>
    toasts.filter((toast) => toast.kind === kind).map((toast) => <ToastItem key={toast.id} toast={toast} />);
  return (
    <div class="toasts">
      <div role="status">{ofKind('done')}</div>
      <div role="alert">{ofKind('failed')}</div>
    </div>
  );
}

function ToastItem({ toast }: { readonly toast: Toast }) {
  const { id, kind, text, offer } = toast;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (kind === 'failed') return; // Stays until the person has read it.
    const timer = setInterval(() => {
      const isInUse = root.current?.matches(':hover, :focus-within') ?? false;
      if (!isInUse) dismissToast(id);
    }, shownMs);
    return () => clearInterval(timer);
  }, [id, kind]);
  return (
    <div ref={root} class={`toast ${kind}`}>
      <span>{text}</span>
      {offer && (
        <button type="button" class="small" onClick={() => takeOffer(toast)}>
          {offer.label}
        </button>
      )}
      <button type="button" class="small" aria-label="Dismiss the message" onClick={() => dismissToast(id)}>
        ×
      </button>
    </div>
  );
}
