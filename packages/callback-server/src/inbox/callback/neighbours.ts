import type { CallbackFilter } from '../../callback/kept-callback.ts';
import type { CallbackStore } from '../../store/callback-store.ts';

/** The ids of the callbacks before and after a callback in a list. */
export interface Neighbours {
  /** Missing if the callback is the first of its page. */
  readonly newer?: string | undefined;
  readonly older?: string | undefined;
}

/** Finds the neighbours of a callback in the page of the list that it was opened from. */
export async function neighboursOf(
  store: Pick<CallbackStore, 'list'>,
  id: string,
  filter: CallbackFilter & { readonly limit: number },
): Promise<Neighbours> {
  const page = await store.list(filter);
  const index = page.findIndex((each) => each.id === id);
  const older = page[index + 1]?.id;
  if (index !== -1 && older !== undefined) return { newer: page[index - 1]?.id, older };
  // The list has grown since, or the callback is the last of its page.
  const [next] = await store.list({ ...filter, before: id, limit: 1 });
  return { newer: page[index - 1]?.id, older: next?.id };
}
