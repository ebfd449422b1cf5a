import { basename, dirname } from 'node:path/posix';
import type { Rule } from './rule.ts';

const folders: Record<string, string> = {
  Schema: 'schemas',
  Response: 'responses',
  Parameter: 'parameters',
  Header: 'headers',
  SecurityScheme: 'securitySchemes',
  Example: 'examples',
};

/**
 * A component is in the folder of its kind, in a file with its name. The file of a path or an event has the name of the
 * path or the event. The bundler then has nothing to rename, and the name of a component gives its file.
 */
export const fileNamedAfterComponent: Rule = () => ({
  ref(node, context, resolved) {
    const file = resolved.location?.source.absoluteRef;
    if (!file || file === context.location.source.absoluteRef) return;
    const name = basename(file).replace(/\.\w+$/, '');
    const correction = correctionOf(context.type.name, name, basename(dirname(file)), String(context.key));
    if (correction) context.report({ message: `${node.$ref} should be ${correction}.` });
  },
});

/** Describes where a file should be; `undefined` if the file is there. */
function correctionOf(type: string, name: string, folder: string, key: string): string | undefined {
  if (type === 'PathItem') return pathItemCorrection(name, folder, key);
  const expected = folders[type];
  if (!expected) return undefined;
  if (folder !== expected) return `in a folder named ${expected}`;
  if (type === 'Example') return /^\w+(\.\w+)+$/.test(name) ? undefined : 'named operation.case';
  if (type === 'SecurityScheme' && name !== key) return `named ${key}`;
  return /^[A-Z][A-Za-z0-9]*$/.test(name) ? undefined : 'in a file named in PascalCase';
}

function pathItemCorrection(name: string, folder: string, key: string): string | undefined {
  if (folder === 'webhooks') return key.startsWith('{') || name === key ? undefined : `named ${key}`;
  const expected = key.replace(/^\/api\//, '').replaceAll('/', '_');
  return name === expected ? undefined : `named ${expected}`;
}
