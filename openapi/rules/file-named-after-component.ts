import { basename, dirname } from 'node:path/posix';
import type { Location, Rule, RuleContext } from './rule.ts';

const folders: Record<string, string> = {
  Schema: 'schemas',
  Response: 'responses',
  Parameter: 'parameters',
  Header: 'headers',
  SecurityScheme: 'securitySchemes',
  Example: 'examples',
};

/**
 * A component stands in the folder of its kind, in a file that has its name; a path's and an event's file is named
 * after it. So the bundler has nothing to rename, and a reader who knows a name knows the file.
 */
export const fileNamedAfterComponent: Rule = () => ({
  ref(node: { $ref: string }, context: RuleContext, resolved: { location?: Location }) {
    const file = resolved.location?.source.absoluteRef;
    if (!file || file === context.location.source.absoluteRef) return;
    const name = basename(file).replace(/\.\w+$/, '');
    const wanted = misplaced(context.type.name, name, basename(dirname(file)), String(context.key));
    if (wanted) context.report({ message: `${node.$ref} should be ${wanted}.` });
  },
});

/** What is wrong with where a node of a type stands, in words; nothing where all is well. */
function misplaced(type: string, name: string, folder: string, key: string): string | undefined {
  if (type === 'PathItem') return misnamedItem(name, folder, key);
  const wanted = folders[type];
  if (!wanted) return undefined;
  if (folder !== wanted) return `in a folder named ${wanted}`;
  if (type === 'Example') return /^\w+(\.\w+)+$/.test(name) ? undefined : 'named operation.case';
  if (type === 'SecurityScheme' && name !== key) return `named ${key}`;
  return /^[A-Z][A-Za-z0-9]*$/.test(name)
    ? undefined
    : 'in a file with a capital letter first and no separator';
}

function misnamedItem(name: string, folder: string, key: string): string | undefined {
  if (folder === 'webhooks') return key.startsWith('{') || name === key ? undefined : `named ${key}`;
  const wanted = key.replace(/^\/api\//, '').replaceAll('/', '_');
  return name === wanted ? undefined : `named ${wanted}`;
}
