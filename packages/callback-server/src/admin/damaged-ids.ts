const maxIds = 100;

/** Collects the ids of damaged callbacks for a response: the first hundred. */
export function createDamagedIds() {
  const ids: string[] = [];
  return {
    onDamaged: (id: string): void => {
      if (ids.length < maxIds) ids.push(id);
    },
    /** The property of the response that lists the ids; no property if there are no ids. */
    shown: (): { readonly damagedIds?: readonly string[] } => (ids.length > 0 ? { damagedIds: ids } : {}),
  };
}
