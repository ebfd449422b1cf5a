import type { operations as catalogue, OperationId } from '@partner-ecosystem/openapi/operations';
import type { operations } from '@partner-ecosystem/openapi/schema';

type Simplified<T> = { [Name in keyof T]: T[Name] };

/** In the types of the schema, a binary form field is a `string`. A program passes a `Blob` or a `File`. */
type FormFields<Fields> = { [Name in keyof Fields]: Name extends 'file' ? Blob : Fields[Name] };

/** Body of a request, by its media type. */
export type BodyOf<Content> = Content extends { 'multipart/form-data': infer Fields }
  ? FormFields<Fields>
  : Content extends { 'application/json': infer Body }
    ? Body
    : never;

type ParametersOf<Parameters extends { path?: unknown; query?: unknown }> = Simplified<
  Given<Parameters['path']> & Given<Parameters['query']>
>;

/** In the types of the schema, a missing kind of parameters is `never`, which would make the whole input `never`. */
type Given<Parameters> = [NonNullable<Parameters>] extends [never] ? unknown : NonNullable<Parameters>;

/**
 * Optional properties also accept `undefined`, which is not sent. Without this type, `exactOptionalPropertyTypes`
 * refuses `undefined`.
 */
type WithUndefined<T> = T extends Blob
  ? T
  : T extends readonly (infer Item)[]
    ? WithUndefined<Item>[]
    : T extends object
      ? { [Name in keyof T]: WithUndefined<T[Name]> | (IsOptional<T, Name> extends true ? undefined : never) }
      : T;

type IsOptional<T, Name extends keyof T> = string extends Name
  ? false
  : Partial<Pick<T, Name>> extends Pick<T, Name>
    ? true
    : false;

/** Input of an operation: its body, or its path and query parameters in one flat object if it has no body. */
export type OperationInput<Id extends OperationId> = WithUndefined<
  operations[Id] extends { requestBody: { content: infer Content } }
    ? BodyOf<Content>
    : ParametersOf<operations[Id]['parameters']>
>;

type Success<Id extends OperationId> = (typeof catalogue)[Id]['success'][number] &
  keyof operations[Id]['responses'];

/** Body of an operation's successful response. */
export type OperationResult<Id extends OperationId> = operations[Id]['responses'][Success<Id>] extends {
  content: { 'application/json': infer Body };
}
  ? Body
  : never;

type DocumentedErrors<Id extends OperationId> = (typeof catalogue)[Id]['errors'];

/** Error codes that the contract documents for an operation. The provider may send others: `ApiError.code` is an open string. */
export type OperationErrorCode<Id extends OperationId> =
  DocumentedErrors<Id>[keyof DocumentedErrors<Id>] extends infer Codes
    ? Codes extends readonly (infer Code)[]
      ? Code
      : never
    : never;
