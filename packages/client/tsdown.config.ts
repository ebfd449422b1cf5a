import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    guards: 'src/guards.ts',
    'openapi-fetch': 'src/create-open-api-client.ts',
    otel: 'src/events/open-telemetry-events.ts',
  },
  platform: 'neutral',
  dts: true,
  // The declarations have the comments.
  outputOptions: { comments: { jsdoc: false } },
});
