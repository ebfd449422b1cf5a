export { openTelemetryEvents } from './events/open-telemetry-events.ts';
