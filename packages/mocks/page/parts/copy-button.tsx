import { useSandbox } from '../session/sandbox-session.ts';
import { showToast } from '../session/toasts.ts';

interface CopyButtonProps {
  /** What is copied, as the person reads it: `the address`. */
  readonly what: string;
  /** The text, or a function that fetches the text. */
  readonly text: string | (() => Promise<string>);
  readonly label?: string;
}

/** Copies a text to the clipboard. */
export function CopyButton({ what, text, label = 'Copy' }: CopyButtonProps) {
  const { report } = useSandbox();
  const copy = async () => {
    let copied: string;
    try {
      copied = typeof text === 'string' ? text : await text();
    } catch (error) {
      return report(error);
    }
    try {
      await navigator.clipboard.writeText(copied);
      showToast({ kind: 'done', text: `Copied ${what}.` });
    } catch {
      showToast({
        kind: 'failed',
        text: `The browser did not copy ${what}. Allow the clipboard for this page.`,
      });
    }
  };
  return (
    <button type="button" class="small" aria-label={`${label} ${what}`} onClick={copy}>
      {label}
    </button>
  );
}
