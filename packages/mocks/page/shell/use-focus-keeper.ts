import { useEffect } from 'preact/hooks';

/**
 * Keeps the focus in the page. When the element with the focus disappears, the nearest element around it with the attribute
 * `data-focus-home` gets the focus.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let focused: Element | undefined;
    let homes: readonly HTMLElement[] = [];
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      focused = target;
      homes = homesAround(target);
    };
    const forget = ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        // The person moved the focus away from an element that still exists.
        if (focused === target && focused?.isConnected) focused = undefined;
      });
    const rescue = () => {
      if (!focused || focused.isConnected) return;
      focused = undefined;
      if (document.activeElement !== document.body) return;
      const home = homes.find(({ isConnected }) => isConnected) ?? firstHome();
      home?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(rescue);
    document.addEventListener('focusin', remember);
    document.addEventListener('focusout', forget);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('focusout', forget);
      observer.disconnect();
    };
  }, []);
}

const homeSelector = '[data-focus-home]';

/** The places that can take the focus around an element, nearest first. */
function homesAround(element: Element): readonly HTMLElement[] {
  const homes: HTMLElement[] = [];
  let at = element.closest<HTMLElement>(homeSelector);
  while (at) {
    homes.push(at);
    at = at.parentElement?.closest<HTMLElement>(homeSelector) ?? null;
  }
  return homes;
}

function firstHome(): HTMLElement | null {
  return document.querySelector<HTMLElement>(homeSelector);
}
