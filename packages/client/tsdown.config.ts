import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/guards.ts', 'src/otel.ts'],
  platform: 'neutral',
  dts: true,
});
