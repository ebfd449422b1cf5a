import { mergeConfig } from 'vitest/config';
import config from '../../vitest.config.ts';

/** These proofs install nginx, Caddy and Prometheus, so `npm test` leaves them out. */
export default mergeConfig(config, { test: { root: import.meta.dirname, include: ['*.proof.ts'] } });
