export { type RunningSandbox, type StartOptions, startSandbox } from './server/start-sandbox.ts';
