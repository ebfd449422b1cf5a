import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { components } from '@partner-ecosystem/openapi/schema';
import { expectTypeOf } from 'vitest';
import {
  ApiError,
  type ErrorCode,
  type OperationErrorCode,
  type OperationInput,
  type OperationResult,
  OutcomeUnknownError,
  type PartnerClient,
  type PartnerClientOptions,
  PartnerError,
  type RawResponse,
  type ServerError,
  ValidationError,
} from '../src/index.ts';

type Schemas = components['schemas'];

/** Input, result and documented error codes of each operation, written by hand. */
interface Expected {
  createPartner: [Schemas['CreatePartnerRequest'], Schemas['Partner'], Codes | 'REALM_REQUIRED'];
  loginPartner: [
    Schemas['LoginPartnerRequest'],
    Schemas['PartnerLogin'],
    (
      | 'USERNAME_EMAIL_REQUIRED'
      | 'INVALID_USERNAME'
      | 'INVALID_REALM'
      | 'REALM_REQUIRED'
      | 'LOGIN_FAILED'
      | 'INVALID_TOKEN'
      | 'ACCESS_DENIED'
    ),
  ];
  linkPartner: [
    Schemas['LinkPartnerRequest'],
    Schemas['PartnerLink'],
    Codes | 'REALM_REQUIRED' | 'MODEL_NOT_FOUND',
  ];
  assignFlows: [
    Schemas['AssignFlowsRequest'],
    Schemas['FlowAssignment'],
    Codes | 'REALM_REQUIRED' | 'MODEL_NOT_FOUND',
  ];
  createMerchant: [
    Schemas['CreateMerchantRequest'],
    Schemas['Merchant'],
    Codes | 'REALM_REQUIRED' | 'MODEL_NOT_FOUND',
  ];
  getPushMerchantSpec: [
    { applicationId: string; flowId?: string; sampleData?: boolean },
    Schemas['PushMerchantSpec'],
    Codes | 'REALM_REQUIRED' | 'MODEL_NOT_FOUND',
  ];
  pushMerchant: [Schemas['PushMerchantRequest'], Schemas['PushMerchantResult'], Codes | 'MODEL_NOT_FOUND'];
  pullMerchant: [
    { merchantId: string; realmId: string; version?: string },
    Schemas['PulledMerchant'],
    Codes | 'REALM_REQUIRED' | 'MODEL_NOT_FOUND',
  ];
  registerCallbacks: [
    Schemas['RegisterCallbacksRequest'],
    Schemas['CallbackRegistration'],
    Codes | 'REALM_REQUIRED' | 'MODEL_NOT_FOUND',
  ];
  uploadFile: [
    {
      [Name in keyof Schemas['UploadFileRequest']]: Name extends 'file'
        ? Blob
        : Schemas['UploadFileRequest'][Name];
    },
    Schemas['StoredFile'],
    never,
  ];
  uploadBase64: [Schemas['UploadBase64Request'], Schemas['StoredFile'], never];
}

type Codes = 'AUTHORIZATION_REQUIRED' | 'INVALID_TOKEN' | 'ACCESS_DENIED';

expectTypeOf<keyof Expected>().toEqualTypeOf<OperationId>();
// An input also accepts `undefined` for each optional property, at any depth.
expectTypeOf<{ [Id in OperationId]: Expected[Id][0] }>().toExtend<{
  [Id in OperationId]: OperationInput<Id>;
}>();
expectTypeOf<{ [Id in OperationId]: keyof OperationInput<Id> }>().toEqualTypeOf<{
  [Id in OperationId]: keyof Expected[Id][0];
}>();
expectTypeOf<{ [Id in OperationId]: OperationResult<Id> }>().toEqualTypeOf<{
  [Id in OperationId]: Expected[Id][1];
}>();
expectTypeOf<{ [Id in OperationId]: OperationErrorCode<Id> }>().toEqualTypeOf<{
  [Id in OperationId]: Expected[Id][2];
}>();

declare const partner: PartnerClient;
declare const merchant: OperationInput<'createMerchant'>;

// The methods, and the raw methods, have the types above.
expectTypeOf<{ [Id in OperationId]: Parameters<PartnerClient[Id]>[0] }>().toEqualTypeOf<{
  [Id in OperationId]: OperationInput<Id>;
}>();
expectTypeOf<{ [Id in OperationId]: Awaited<ReturnType<PartnerClient[Id]>> }>().toEqualTypeOf<{
  [Id in OperationId]: OperationResult<Id>;
}>();
expectTypeOf<{ [Id in OperationId]: Awaited<ReturnType<PartnerClient['raw'][Id]>> }>().toEqualTypeOf<{
  [Id in OperationId]: RawResponse<Id>;
}>();

// A raw response has the body of the contract only if it is a success.
declare const raw: RawResponse<'createMerchant'>;
if (raw.ok) expectTypeOf(raw.body).toEqualTypeOf<Schemas['Merchant']>();
else {
  expectTypeOf(raw.body).toBeUnknown();
  expectTypeOf(raw.error).toEqualTypeOf<ApiError | OutcomeUnknownError>();
}

// The class narrows an error, but promises nothing about a body.
declare const error: unknown;
if (error instanceof PartnerError) expectTypeOf(error.operationId).toEqualTypeOf<OperationId>();
if (error instanceof ApiError) {
  expectTypeOf(error.code).toEqualTypeOf<ErrorCode | undefined>();
  expectTypeOf(error.body()).toBeUnknown();
}
if (error instanceof ValidationError)
  expectTypeOf(error.fields).toEqualTypeOf<{ readonly [field: string]: readonly string[] }>();
if (error instanceof OutcomeUnknownError) {
  expectTypeOf(error.signzyAppId()).toEqualTypeOf<string | undefined>();
  expectTypeOf<ServerError>().toExtend<typeof error.failure>();
}

void partner.pullMerchant({ merchantId: '1', realmId: '2', version: undefined });
void partner.createPartner({ username: 'example', password: 'example', email: undefined });
void partner.pullMerchant({ merchantId: '1', realmId: '2' }, { retry: undefined, headers: undefined });

// The types accept values that only a limit of our contract excludes. A guard warns about such values.
void partner.createMerchant({ ...merchant, signzyAppId: 100000000586 });
void partner.linkPartner({ distributorId: '1', applicationId: '2', flowId: '3' });
void partner.assignFlows({ distributorId: '1', realmId: '2', flowId: '3' });
void partner.createPartner({ email: 'a@example.com' });
void partner.pushMerchant({
  realmId: '1',
  flowId: '2',
  merchantId: '3',
  data: [{ pageId: '4', widgetName: 'Pan', data: { score: 7, pages: ['https://files.example.com/1'] } }],
});

// @ts-expect-error A required parameter is not undefined.
void partner.pullMerchant({ merchantId: '1', realmId: undefined });

// @ts-expect-error A field of a wrong type.
void partner.createMerchant({ ...merchant, email: 7 });

// @ts-expect-error Fields are missing.
void partner.createMerchant({ realmId: '6553e0000000000000000002' });

// @ts-expect-error A parameter that the operation does not have.
void partner.pullMerchant({ merchantId: '1', realmId: '2', verison: '1.1.0' });

// @ts-expect-error A file is not text.
void partner.uploadFile({ file: 'text' });

// @ts-expect-error A ttl that the file store treats as 30 seconds.
void partner.uploadFile({ file: new Blob(), ttl: '1 months' });

// @ts-expect-error Not an operation of the contract.
void partner.deleteMerchant({});

// @ts-expect-error Without an environment, all three URLs are required.
export const options: PartnerClientOptions = { goUrl: 'https://go.example.com' };
