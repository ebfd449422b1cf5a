/** A JSON Schema, reduced to the validation keywords that the contract uses. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly properties?: { readonly [name: string]: Shape };
  /** `false`, or the shape of properties that `properties` does not name. */
  readonly additionalProperties?: false | Shape;
  readonly items?: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  /** The known words. Any other text is valid. */
  readonly words?: readonly string[];
  /** Whether an unknown word may be shown: the contract classifies it as public or internal. */
  readonly isShown?: true;
  /** Optional properties that every example has. */
  readonly usual?: readonly string[];
  /** What else we expect of a value. Signzy does not document it, so any other value is valid. */
  readonly expected?: Shape;
}

/** The input, the result and the errors of an operation. */
export interface OperationShape<OperationId extends string = string> {
  readonly operationId: OperationId;
  /** The body, or an object with the parameters by name for an operation without a body. */
  readonly input: Shape;
  /** The body of a successful response. */
  readonly result: Shape;
  /** The status of a success. */
  readonly success: number;
  /** The body of each other status. A body that need not be JSON has an empty shape. */
  readonly errors: { readonly [status: string]: Shape };
}
