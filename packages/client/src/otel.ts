export { openTelemetryEvents } from './otel/open-telemetry-events.ts';
