import type { UserConfig } from 'tsdown';

const config: UserConfig = {
  entry: ['src/index.ts', 'src/guards.ts', 'src/otel.ts'],
  platform: 'neutral',
  dts: true,
};
export default config;
