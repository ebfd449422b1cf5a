import { type ContractFile, isNode, type Node } from './contract-files.ts';

/** Lists the mistakes that an author could make in one object of a file. */
export type MutationOperator = (node: Node, file: ContractFile) => Edit[];

/** Makes a mistake in an object. */
type Edit = (node: Node) => void;

const isIn = (folder: string, { name }: ContractFile) => name.startsWith(`${folder}/`);
const isSchema = (file: ContractFile) => isIn('components/schemas', file);
const isBodySchema = (file: ContractFile) => isSchema(file) && 'properties' in file.content;
const isParameter = (file: ContractFile) => isIn('components/parameters', file);
const isRoot = ({ name }: ContractFile) => name === 'openapi.yaml';
const isOperation = (node: Node) => 'responses' in node;

const scalars: Readonly<Record<string, string>> = {
  './PersonName.yaml': './Label.yaml',
  './Identifier.yaml': './PersonName.yaml',
  './EpochMilliseconds.yaml': './IsoDateTime.yaml',
  './Flag.yaml': './Label.yaml',
};
const errorStatuses = ['400', '401', '403', '500', '502', '504'];

/** All operators, by their names in the result table. */
export const mutationOperators: Record<string, MutationOperator> = {
  'property renamed': (node) => forEachKey(node, 'properties', misspellKey),
  'property removed': (node, file) => when(isSchema(file), ...forEachKey(node, 'properties', removeKey)),
  'required name removed': (node) => forEachItem(node, 'required', (list, index) => list.splice(index, 1)),
  'required name added': (node, file) =>
    Object.keys(isBodySchema(file) && isNode(node['properties']) ? node['properties'] : {})
      .filter((name) => !listOf(node['required']).includes(name))
      .map((name) => (target) => {
        target['required'] = [...listOf(target['required']), name];
      }),
  'type changed': (node, file) =>
    when(
      isSchema(file) && typeof node['type'] === 'string' && node['type'] !== 'object',
      set('type', node['type'] === 'string' ? 'integer' : 'string'),
    ),
  'enum value misspelt': (node) => forEachItem(node, 'enum', misspellItem),
  'known value misspelt': (node) => forEachItem(node, 'x-extensible-enum', misspellItem),
  'pattern or length removed': (node, file) =>
    when(isSchema(file), ...['pattern', 'minLength', 'minItems'].filter((name) => name in node).map(remove)),
  'example removed': (node, file) => when(isIn('paths', file), ...forEachKey(node, 'examples', removeKey)),
  'example made invalid': (node, file) =>
    when(
      isIn('examples', file) && !file.name.startsWith('examples/error.') && 'value' in node,
      ...forEachKey(
        node,
        'value',
        (value, name) => {
          value[name] = typeof value[name] === 'object' ? 7 : { unexpected: true };
        },
        // A custom field of a realm has a space in its name, and accepts any value.
        (name) => !name.includes(' '),
      ),
    ),
  'status changed': (node) => forEachKey(node, 'responses', (map, status) => renameKey(map, status, '409')),
  'error response removed': (node) =>
    forEachKey(node, 'responses', removeKey, (status) => errorStatuses.includes(status)),
  'classification removed': (node) => removeIfPresent(node, 'x-data-classification'),
  'classification weakened': ({ 'x-data-classification': classification }) =>
    when(
      isNode(classification) &&
        ['confidential', 'restricted'].includes(String(classification['sensitivity'])),
      (node) => set('sensitivity', 'internal')(node['x-data-classification'] as Node),
    ),
  'evidence basis removed': (node) => removeIfPresent(node, 'x-evidence-basis'),
  'evidence misspelt': (node) => when('x-evidence' in node, set('x-evidence', 'inferrred')),
  'reference to a missing file': ({ $ref }) =>
    typeof $ref === 'string' && $ref.endsWith('.yaml') ? [set('$ref', $ref.replace('.yaml', 's.yaml'))] : [],
  'reference to another scalar': ({ $ref }, file) =>
    when(isSchema(file) && String($ref) in scalars, set('$ref', scalars[String($ref)])),
  'path misspelt': (node, file) => when(isRoot(file), ...forEachKey(node, 'paths', misspellKey)),
  'method changed': (node, file) =>
    when(isIn('paths', file) && ('post' in node || 'get' in node), (target) =>
      'post' in target ? renameKey(target, 'post', 'get') : renameKey(target, 'get', 'post'),
    ),
  'servers removed': (node) => when(isOperation(node), ...removeIfPresent(node, 'servers')),
  'security removed': (node, file) =>
    when(isOperation(node) && !isIn('webhooks', file), ...removeIfPresent(node, 'security')),
  'operationId misspelt': ({ operationId }) =>
    typeof operationId === 'string' ? [set('operationId', misspell(operationId))] : [],
  'parameter removed': (node) => forEachItem(node, 'parameters', (list, index) => list.splice(index, 1)),
  'parameter misspelt': (node, file) =>
    when(isParameter(file) && 'in' in node, set('name', misspell(String(node['name'])))),
  'parameter made optional': (node, file) =>
    when(isParameter(file) && node['required'] === true, set('required', false)),
  'response closed': (node, file) =>
    when(
      isBodySchema(file) && !/Request|PushMerchantItem/.test(file.name) && 'properties' in node,
      set('additionalProperties', false),
    ),
  'custom fields removed': (node, file) =>
    ['additionalProperties', 'unevaluatedProperties'].flatMap((keyword) =>
      when(isBodySchema(file) && isNode(node[keyword]), remove(keyword)),
    ),
  'event removed': (node, file) => when(isRoot(file), ...forEachKey(node, 'webhooks', removeKey)),
  'description removed': (node) => when(isOperation(node), remove('description')),
};

function when(condition: boolean, ...edits: Edit[]): Edit[] {
  return condition ? edits : [];
}

function set(name: string, value: unknown): Edit {
  return (node) => {
    node[name] = value;
  };
}

function remove(name: string): Edit {
  return (node) => removeKey(node, name);
}

function removeIfPresent(node: Node, name: string): Edit[] {
  return when(name in node, remove(name));
}

/** An edit for each key of the object at `node[name]`. */
function forEachKey(
  node: Node,
  name: string,
  edit: (map: Node, key: string) => void,
  filter: (key: string) => boolean = () => true,
): Edit[] {
  const map = node[name];
  if (!isNode(map)) return [];
  return Object.keys(map)
    .filter(filter)
    .map((key) => (target) => edit(target[name] as Node, key));
}

/** An edit for each item of the array at `node[name]`. */
function forEachItem(node: Node, name: string, edit: (list: string[], index: number) => void): Edit[] {
  return listOf(node[name]).map((_, index) => (target) => edit(listOf(target[name]), index));
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value : [];
}

function removeKey(map: Node, key: string): void {
  delete map[key];
}

/** Renames a key without a change of the order. */
function renameKey(map: Node, from: string, to: string): void {
  const entries = Object.entries(map).map(([key, value]) => [key === from ? to : key, value] as const);
  for (const key of Object.keys(map)) delete map[key];
  Object.assign(map, Object.fromEntries(entries));
}

function misspellKey(map: Node, key: string): void {
  renameKey(map, key, misspell(key));
}

function misspellItem(list: string[], index: number): void {
  list[index] = misspell(list[index] ?? '');
}

/** Swaps the last two different neighbouring characters, which is a common typing mistake. */
function misspell(word: string): string {
  for (let index = word.length - 2; index >= 0; index--)
    if (word[index] !== word[index + 1])
      return word.slice(0, index) + word[index + 1] + word[index] + word.slice(index + 2);
  return `${word}x`;
}
