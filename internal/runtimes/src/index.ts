export { compareRuntimes } from './compare-runtimes.ts';
export { type Check, type Outcome, runChecks, type Suite } from './run-checks.ts';
export {
  chromium,
  installedRuntimes,
  installRuntimes,
  nodeHere,
  nodes,
  type RuntimeName,
  workerdOf2024,
} from './runtimes.ts';
export type { Connection, Host, ServedModule } from './served-module.ts';
