import type { paths } from '@partner-ecosystem/openapi/schema';
import type { BodyOf } from '../contract/operation-types.ts';

/**
 * The paths of the contract, for openapi-fetch. A file of a form is a `Blob` or a `File`. A word of an open list, such as
 * a status, is a `string`: openapi-fetch would turn the type of such a word into the type of an object.
 */
export type ContractPaths = Adapted<paths>;

type Adapted<T> = T extends string
  ? // Only the type of a word of an open list is both a string and an object.
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
