import { writeFile } from 'node:fs/promises';
import { type Bodies, mapValues } from '../contract/operations.ts';

/** A generated module. Both its code and its types come from its constants. */
export interface GeneratedModule {
  /** Statements before the constants in the `.js` file. */
  readonly code?: readonly string[];
  /** Statements before the constants in the `.d.ts` file. */
  readonly types?: readonly string[];
  readonly constants: Readonly<Record<string, Constant>>;
}

interface Constant {
  readonly doc?: string;
  readonly type: string;
  readonly value: string;
}

/** Writes `name.js` and `name.d.ts`. */
export async function writeModule(folder: URL, name: string, module: GeneratedModule): Promise<void> {
  await Promise.all([
    writeFile(new URL(`${name}.js`, folder), moduleCode(module)),
    writeFile(new URL(`${name}.d.ts`, folder), moduleTypes(module)),
  ]);
}

export function moduleCode({ code = [], constants }: GeneratedModule): string {
  const declarations = Object.entries(constants).map(
    ([name, { value }]) => `export const ${name} = ${value};`,
  );
  return lines(...code, ...declarations);
}

export function moduleTypes({ types = [], constants }: GeneratedModule): string {
  const declarations = Object.entries(constants).flatMap(([name, { doc, type }]) => [
    ...(doc ? [`/** ${doc} */`] : []),
    `export declare const ${name}: ${type};`,
  ]);
  return lines(...types, ...declarations);
}

/** The constants `requests`, `responses` and `webhooks`, with a value of `type` for each body. */
export function bodyConstants(what: string, type: string, bodies: Bodies<string>) {
  return {
    requests: {
      doc: `${what} of each operation's request body.`,
      type: `{ readonly [Id in OperationId]?: ${type} }`,
      value: objectCode(bodies.requests),
    },
    responses: {
      doc: `${what} of each operation's response bodies, by status.`,
      type: `{ readonly [Id in OperationId]: { readonly [status: string]: ${type} } }`,
      value: objectCode(mapValues(bodies.responses, objectCode)),
    },
    webhooks: {
      doc: `${what} of each event's callback.`,
      type: `{ readonly [Event in EventName]: ${type} }`,
      value: objectCode(bodies.webhooks),
    },
  };
}

/** An object literal from the code of its values. */
export function objectCode(values: Record<string, string>): string {
  const properties = Object.entries(values).map(([key, value]) => `  ${JSON.stringify(key)}: ${value},`);
  return lines('{', ...properties).concat('}');
}

/** An object type from the types of its properties. */
export function objectType(types: Record<string, string>): string {
  const properties = Object.entries(types).map(([key, type]) => `readonly ${JSON.stringify(key)}: ${type}`);
  return `{ ${properties.join('; ')} }`;
}

/** A JSON value as code. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function lines(...list: string[]): string {
  return list.map((line) => `${line}\n`).join('');
}
