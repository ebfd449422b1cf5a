export {
  assignFlows,
  createMerchant,
  createPartner,
  getPushMerchantSpec,
  linkPartner,
  loginPartner,
  type OperationShape,
  pullMerchant,
  pushMerchant,
  registerCallbacks,
  type Shape,
  uploadBase64,
  uploadFile,
} from '@partner-ecosystem/openapi/shapes';
export type { Violation } from './errors/contract-error.ts';
export {
  contractGuard,
  type Drift,
  type Guard,
  type GuardMode,
  type GuardOptions,
} from './guards/contract-guard.ts';
