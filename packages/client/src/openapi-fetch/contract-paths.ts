import type { paths } from '@partner-ecosystem/openapi/schema';
import type { BodyOf } from '../contract/operation-types.ts';

/**
 * The paths of the contract, for openapi-fetch. A file of a form is a `Blob` or a `File`. A word that the contract
 * leaves open, such as a status, is a `string`: openapi-fetch would turn the open type into the type of an object.
 */
export type ContractPaths = Adapted<paths>;

type Adapted<T> = T extends string
  ? // Only the open type is a string and an object.
    T extends object
    ? string
    : T
  : T extends Blob
    ? T
    : T extends readonly (infer Item)[]
      ? Adapted<Item>[]
      : T extends { 'multipart/form-data': unknown }
        ? { 'multipart/form-data': Adapted<BodyOf<T>> }
        : T extends object
          ? { [Name in keyof T]: Adapted<T[Name]> }
          : T;
