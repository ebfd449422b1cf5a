import type { Classified } from '@partner-ecosystem/openapi/classification';

/** A text that stands in for what nobody is to see, and can be found again wherever it turns up. */
export interface Canary {
  /** The field it stands in, such as `createMerchant request /name`. */
  readonly field: string;
  readonly text: string;
}

/** Puts canaries into values of the contract. */
export class Aviary {
  readonly canaries: Canary[] = [];
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /**
   * A value of a classified shape with a canary in every field that is not public, a member of a name unknown to the
   * contract where it allows for one, and words from outside the secrets in the rest.
   */
  fill(place: string, classified: Classified): unknown {
    if ('category' in classified) return classified.sensitivity === 'public' ? 'public' : this.#canary(place);
    if ('items' in classified) return [this.fill(`${place}/0`, classified.items)];
    const members = Object.entries(classified.properties);
    if (classified.rest) members.push(['customField', classified.rest]);
    return Object.fromEntries(members.map(([name, member]) => [name, this.fill(`${place}/${name}`, member)]));
  }

  #canary(field: string): string {
    const text = `canary${Math.floor(this.#random() * 1e9)}x${this.canaries.length}`;
    this.canaries.push({ field, text });
    return text;
  }
}
