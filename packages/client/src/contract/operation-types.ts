import type { operations as catalogue, OperationId } from '@partner-ecosystem/openapi/operations';
import type { operations } from '@partner-ecosystem/openapi/schema';

type Simplified<T> = { [Name in keyof T]: T[Name] };

/** OpenAPI's types say `string` for a form's binary field, which in a program is a `Blob` or a `File`. */
type FormFields<Fields> = { [Name in keyof Fields]: Name extends 'file' ? Blob : Fields[Name] };

type BodyOf<Content> = Content extends { 'multipart/form-data': infer Fields }
  ? FormFields<Fields>
  : Content extends { 'application/json': infer Body }
    ? Body
    : never;

type ParametersOf<Parameters extends { path?: unknown; query?: unknown }> = Simplified<
  NonNullable<Parameters['path']> & NonNullable<Parameters['query']>
>;

/** What an operation takes: its body, or where it has none its path and query parameters in one flat object. */
export type OperationInput<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: infer Content };
}
  ? BodyOf<Content>
  : ParametersOf<operations[Id]['parameters']>;

type Success<Id extends OperationId> = (typeof catalogue)[Id]['success'][number] &
  keyof operations[Id]['responses'];

/** What an operation answers with when it succeeds. */
export type OperationResult<Id extends OperationId> = operations[Id]['responses'][Success<Id>] extends {
  content: { 'application/json': infer Body };
}
  ? Body
  : never;

type Refusals<Id extends OperationId> = (typeof catalogue)[Id]['errors'];

/** The codes that the contract knows for an operation's refusals. Others may come: `ApiError.code` is an open string. */
export type OperationErrorCode<Id extends OperationId> = Refusals<Id>[keyof Refusals<Id>] extends infer Codes
  ? Codes extends readonly (infer Code)[]
    ? Code
    : never
  : never;
