import { mergeConfig } from 'vitest/config';
import config from '../../vitest.config.ts';

/** RabbitMQ takes minutes to install, so `npm test` leaves this out. */
export default mergeConfig(config, { test: { root: import.meta.dirname, include: ['*.proof.ts'] } });
