export {
  type Control,
  type ControlOptions,
  type components,
  createControl,
  type operations,
  type paths,
  type SandboxControl,
  type ServerControl,
} from './control/control-client.ts';
