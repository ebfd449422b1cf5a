import { createContext, type RefObject } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { hrefOf, parseRoute, type Route } from './route.ts';

interface NavigateOptions {
  /** Whether the back button skips the present route. */
  readonly replace?: boolean;
  /** Whether the focus moves to the heading of what is selected. */
  readonly focus?: boolean;
}

export interface Router {
  readonly route: Route;
  /** The address of a route that differs from the present one in `changes`. */
  readonly hrefTo: (changes: Partial<Route>) => string;
  readonly navigate: (changes: Partial<Route>, options?: NavigateOptions) => void;
  /** Changes some filters of the view, and keeps the others. */
  readonly filter: (changes: Route['filters']) => void;
  /** How many navigations asked to move the focus. */
  readonly focusRequests: number;
}

const RouterContext = createContext<Router | undefined>(undefined);

export const RouterProvider = RouterContext.Provider;

export function useRouter(): Router {
  const router = useContext(RouterContext);
  if (!router) throw new Error('There is no router above this component.');
  return router;
}

/** Follows the fragment of the address. Only the root of the page calls this function. */
export function useAddress(): Router {
  const [{ fragment, focusRequests }, setAddress] = useState({ fragment: location.hash, focusRequests: 0 });
  useEffect(() => {
    const read = () => setAddress((before) => ({ ...before, fragment: location.hash }));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return useMemo(() => {
    const route = parseRoute(fragment);
    const hrefTo = (changes: Partial<Route>) => hrefOf({ ...route, ...changes });
    const navigate: Router['navigate'] = (changes, { replace = false, focus = false } = {}) => {
      const href = hrefTo(changes);
      if (focus) wanted.focus = true;
      history[replace ? 'replaceState' : 'pushState'](null, '', href);
      setAddress({ fragment: href, focusRequests: focusRequests + Number(focus) });
    };
    const filter: Router['filter'] = (changes) =>
      navigate({ filters: { ...route.filters, ...changes } }, { replace: true });
    return { route, hrefTo, navigate, filter, focusRequests };
  }, [fragment, focusRequests]);
}

/** Whether the next place that calls `useRequestedFocus` takes the focus. */
const wanted = { focus: false };

/** Moves the focus to an element after a navigation that asked for it, or once the element appears. */
export function useRequestedFocus(element: RefObject<HTMLElement | null>, subject: string): void {
  const { focusRequests } = useRouter();
  useEffect(() => {
    if (!wanted.focus || !element.current) return;
    wanted.focus = false;
    element.current.focus();
  }, [element, subject, focusRequests]);
}
