import { useEffect, useState } from 'preact/hooks';

/** What a toast offers besides its text: to undo, or to show what changed. */
export interface ToastOffer {
  readonly label: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly kind: 'done' | 'failed';
  readonly text: string;
  readonly offer?: ToastOffer | undefined;
  /** Whether the action failed because the sandbox could not be reached. */
  readonly isAboutOutage?: boolean;
}

const maxToasts = 3;
let toasts: readonly Toast[] = [];
let count = 0;
const listeners = new Set<(toasts: readonly Toast[]) => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener(next);
}

export function showToast(toast: Omit<Toast, 'id'>): void {
  count++;
  set([...toasts, { ...toast, id: count }].slice(-maxToasts));
}

/** Removes messages about failed actions: the person has opened another view, or an outage is over. */
export function dismissFailures(isOver: (toast: Toast) => boolean = () => true): void {
  const kept = toasts.filter((toast) => toast.kind !== 'failed' || !isOver(toast));
  if (kept.length < toasts.length) set(kept);
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Runs what the newest toast offers. */
export function takeOffer(
  toast: Toast | undefined = toasts.findLast(({ offer }) => offer !== undefined),
): void {
  if (!toast) return;
  dismissToast(toast.id);
  toast.offer?.run();
}

export function useToasts(): readonly Toast[] {
  const [shown, setShown] = useState(toasts);
  useEffect(() => {
    listeners.add(setShown);
    return () => {
      listeners.delete(setShown);
    };
  }, []);
  return shown;
}
