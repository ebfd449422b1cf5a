import { type Attempted, PartnerError } from './partner-error.ts';

/** One way in which a value departs from the contract. Never holds the value itself. */
export interface Departure {
  /** JSON pointer to the place, such as `/data/0/pageId`; empty for the whole. */
  readonly pointer: string;
  /** The JSON Schema keyword that was broken, such as `required` or `pattern`. */
  readonly keyword: string;
}

/** A guard found that a request or a response is not what the contract says. */
export class ContractError extends PartnerError {
  override get name(): string {
    return 'ContractError';
  }

  /** A request was not sent. A response came: the operation **was** carried out. */
  readonly side: 'request' | 'response';
  readonly departures: readonly Departure[];

  constructor(attempted: Attempted, side: 'request' | 'response', departures: readonly Departure[]) {
    const list = departures.map(({ pointer, keyword }) => `${pointer || '/'} (${keyword})`).join('; ');
    const end = side === 'request' ? 'It was not sent.' : 'It was carried out: do not repeat it blindly.';
    super(attempted, `has a ${side} that is not what the contract says: ${list}. ${end}`);
    this.side = side;
    this.departures = departures;
  }
}
