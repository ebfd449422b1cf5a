import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useRouter } from '../session/use-route.ts';

interface DialogProps {
  readonly title: string;
  /**
   * Whether the dialog stays open: what runs in it must end first.
   * @default false
   */
  readonly isBusy?: boolean;
  /** Called when the person wants to leave: with Escape, or with a change of the address. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal dialog. The browser keeps the focus in it, closes it on Escape, and returns the focus afterwards. */
export function Dialog({ title, isBusy = false, onClose, children }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const { route } = useRouter();
  const openedOn = useRef(route);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  useEffect(() => {
    // The page behind the dialog shows something else now.
    if (openedOn.current !== route) onClose();
  }, [route]);
  const cancel = (event: Event) => {
    if (!isBusy) return;
    event.preventDefault();
    onClose();
  };
  const close = () => {
    onClose();
    if (isBusy) dialog.current?.showModal(); // A second Escape closes a dialog although the first was refused.
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={cancel} onClose={close}>
      <h2 id={id} class="clamped">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
