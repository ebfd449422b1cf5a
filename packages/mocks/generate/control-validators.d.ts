/* Copied from generate/control-validators.d.ts by `npm run build`. */
import type { BodyValidators, QueryValidators } from '../src/control/validator-types.ts';

export declare const bodies: BodyValidators;
export declare const queries: QueryValidators;
