import { useSandbox } from './sandbox-session.ts';
import { showToast, type ToastOffer } from './toasts.ts';

/**
 * Runs an action, then shows what was done or why it failed, and reloads what the page shows.
 *
 * @param offer - Creates what the message offers, such as to undo the action.
 * @returns Whether the action succeeded.
 */
export type Act = <Result>(
  done: string,
  action: () => Promise<Result>,
  offer?: (result: Result) => ToastOffer | undefined,
) => Promise<boolean>;

export function useAct(): Act {
  const { refresh, report } = useSandbox();
  return async (done, action, offer) => {
    try {
      const result = await action();
      showToast({ kind: 'done', text: done, offer: offer?.(result) });
      return true;
    } catch (error) {
      report(error);
      return false;
    } finally {
      refresh();
    }
  };
}
