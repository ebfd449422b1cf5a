import type { Encryption } from './encryption/encryption.ts';
import type { StoreEngine } from './engine/store-engine.ts';

/** A filter of the list of callbacks that a visitor of the inbox has named. */
export interface SavedFilter {
  readonly name: string;
  /** The query of the list, without a question mark: `event=accept&verdict=drift`. */
  readonly query: string;
}

/** A filter cannot be saved. The message says why. */
export class SavedFilterError extends Error {
  override readonly name = 'SavedFilterError';
}

const maxPerOwner = 50;
const maxNameLength = 60;
const maxQueryLength = 500;

export type SavedFilters = ReturnType<typeof createSavedFilters>;

export function createSavedFilters(engine: StoreEngine, { storeKey }: Pick<Encryption, 'storeKey'>) {
  return {
    /** The filters of an owner, by name. A filter that cannot be decrypted is left out. */
    list: async (owner: string): Promise<SavedFilter[]> => {
      const rows = await engine.savedFilters(owner);
      return rows.flatMap(({ name, query }) => {
        try {
          return { name, query: Buffer.from(storeKey.decrypt(query, labelOf(owner, name))).toString() };
        } catch {
          return [];
        }
      });
    },
    /**
     * Saves a filter, or replaces the owner's filter of that name.
     *
     * @throws SavedFilterError if the name is not valid, if the query is too long, if the filter names a merchant, or if the
     * owner has too many filters.
     */
    save: async (owner: string, name: string, query: string): Promise<void> => {
      const problem = problemOf(name, query);
      if (problem) throw new SavedFilterError(problem);
      const encrypted = storeKey.encrypt(Buffer.from(query), labelOf(owner, name));
      if ((await engine.saveFilter(owner, { name, query: encrypted }, maxPerOwner)) === 0)
        throw new SavedFilterError(`You have ${maxPerOwner} filters already. Remove one of them first.`);
    },
    /** Removes a filter. Resolves to whether the owner had a filter of that name. */
    remove: async (owner: string, name: string): Promise<boolean> =>
      isName(name) && (await engine.removeFilter(owner, name)) > 0,
  };
}

function isName(text: string): boolean {
  return /^[^\p{C}]+$/u.test(text) && text.trim() === text && text.length <= maxNameLength;
}

function problemOf(name: string, query: string): string | undefined {
  if (!isName(name))
    return `A filter needs a name of 1 to ${maxNameLength} characters, without control characters or spaces at its ends.`;
  if (query.length > maxQueryLength) return `A filter can have at most ${maxQueryLength} characters.`;
  const words = new URLSearchParams(query);
  // The saved id would outlive the erasure of the merchant.
  return words.has('merchantId') || words.has('signzyAppId')
    ? 'A filter that names a merchant cannot be saved: the id in the filter would stay after the merchant is erased.'
    : undefined;
}

function labelOf(owner: string, name: string): string {
  return `filter ${JSON.stringify([owner, name])}`;
}
