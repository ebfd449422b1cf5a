import { mergeConfig } from 'vitest/config';
import recipe from './vitest.config.js';

export default mergeConfig(recipe, { test: { globals: true, include: ['client.check.js'] } });
