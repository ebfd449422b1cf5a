import type { Classified } from '@partner-ecosystem/openapi/classification';

/** A unique text in place of secret or personal data, which can be found wherever it appears. */
export interface Canary {
  /** Field that contains the text, such as `createMerchant request /name`. */
  readonly field: string;
  readonly text: string;
}

/** Creates canaries, and fills values of the contract with them. */
export class CanarySet {
  readonly canaries: Canary[] = [];
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  create(field: string): string {
    const text = `canary${Math.floor(this.#random() * 1e9)}x${this.canaries.length}`;
    this.canaries.push({ field, text });
    return text;
  }

  /**
   * Creates a value of a classified shape with a canary in every field that is not public. If the contract allows other
   * properties, one of them is added.
   */
  fill(field: string, classified: Classified): unknown {
    if ('category' in classified) return classified.sensitivity === 'public' ? 'public' : this.create(field);
    if ('items' in classified) return [this.fill(`${field}/0`, classified.items)];
    const properties = Object.entries(classified.properties);
    if (classified.rest) properties.push(['customField', classified.rest]);
    return Object.fromEntries(
      properties.map(([name, property]) => [name, this.fill(`${field}/${name}`, property)]),
    );
  }
}
