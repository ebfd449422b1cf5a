import { type ContractFile, isNode, type Node } from './contract-files.ts';

/**
 * A mistake that an author of the contract could make: what it does to an object of a file, in as many ways as the
 * object allows. An object that does not allow it gives none.
 */
export type FaultKind = (node: Node, file: ContractFile) => (() => void)[];

const isSchema = ({ name }: ContractFile) => name.startsWith('components/schemas/');
const isBodySchema = (file: ContractFile) => isSchema(file) && 'properties' in file.content;
const isOperation = (node: Node) => 'responses' in node;
const isWebhook = ({ name }: ContractFile) => name.startsWith('webhooks/');

const leaves = {
  PersonName: 'Label',
  Identifier: 'PersonName',
  EpochMilliseconds: 'IsoDateTime',
  Flag: 'Label',
};

/** Every kind of mistake, by its name in the kill table. */
export const faultKinds: Record<string, FaultKind> = {
  'member renamed': (node) =>
    onEach(node['properties'], (members, name) => rename(members, name, misspell(name))),
  'member lost': (node, file) => (isSchema(file) ? onEach(node['properties'], remove) : []),
  'required dropped': (node) => onEachWord(node['required'], (words, at) => words.splice(at, 1)),
  'required added': (node, file) =>
    isBodySchema(file) && isNode(node['properties'])
      ? Object.keys(node['properties'])
          .filter((name) => !wordsOf(node['required']).includes(name))
          .map((name) => () => {
            node['required'] = [...wordsOf(node['required']), name];
          })
      : [],
  'type changed': (node, file) =>
    isSchema(file) && typeof node['type'] === 'string' && node['type'] !== 'object'
      ? [() => set(node, 'type', node['type'] === 'string' ? 'integer' : 'string')]
      : [],
  'word of a closed list misspelt': (node) =>
    onEachWord(node['enum'], (words, at) => words.splice(at, 1, misspell(words[at] ?? ''))),
  'word of an open list misspelt': (node) =>
    onEachWord(node['x-extensible-enum'], (words, at) => words.splice(at, 1, misspell(words[at] ?? ''))),
  'pattern or length lost': (node, file) =>
    isSchema(file)
      ? ['pattern', 'minLength', 'minItems']
          .filter((name) => name in node)
          .map((name) => () => remove(node, name))
      : [],
  'example lost': (node, file) => (file.name.startsWith('paths/') ? onEach(node['examples'], remove) : []),
  // A field of the realm's own, with a space in its name, fits whatever it holds.
  'example that no longer fits': (node, { name }) =>
    name.startsWith('examples/') && 'value' in node && !name.startsWith('examples/error.')
      ? onEach(
          node['value'],
          (members, member) =>
            set(members, member, typeof members[member] === 'object' ? 7 : { unexpected: true }),
          (member) => !member.includes(' '),
        )
      : [],
  'status wrong': (node) => onEach(node['responses'], (statuses, status) => rename(statuses, status, '409')),
  'refusal lost': (node) =>
    onEach(node['responses'], remove, (status) =>
      ['400', '401', '403', '500', '502', '504'].includes(status),
    ),
  'classification lost': (node) =>
    'x-data-classification' in node ? [() => remove(node, 'x-data-classification')] : [],
  'classification weakened': (node) => {
    const classification = node['x-data-classification'];
    const isMasked =
      isNode(classification) &&
      ['confidential', 'restricted'].includes(String(classification['sensitivity']));
    return isMasked ? [() => set(classification, 'sensitivity', 'internal')] : [];
  },
  'evidence without its basis': (node) =>
    'x-evidence-basis' in node ? [() => remove(node, 'x-evidence-basis')] : [],
  'evidence misspelt': (node) => ('x-evidence' in node ? [() => set(node, 'x-evidence', 'inferrred')] : []),
  'reference to a missing file': (node) =>
    typeof node['$ref'] === 'string' && node['$ref'].endsWith('.yaml')
      ? [() => set(node, '$ref', String(node['$ref']).replace('.yaml', 's.yaml'))]
      : [],
  'reference to another leaf': (node, file) =>
    isSchema(file)
      ? Object.entries(leaves)
          .filter(([leaf]) => node['$ref'] === `./${leaf}.yaml`)
          .map(
            ([, other]) =>
              () =>
                set(node, '$ref', `./${other}.yaml`),
          )
      : [],
  'path misspelt': (node, { name }) =>
    name === 'openapi.yaml'
      ? onEach(node['paths'], (paths, path) => rename(paths, path, misspell(path)))
      : [],
  'method wrong': (node, { name }) =>
    name.startsWith('paths/') && ('post' in node || 'get' in node)
      ? [() => ('post' in node ? rename(node, 'post', 'get') : rename(node, 'get', 'post'))]
      : [],
  'server lost': (node) => (isOperation(node) && 'servers' in node ? [() => remove(node, 'servers')] : []),
  'security lost': (node, file) =>
    isOperation(node) && 'security' in node && !isWebhook(file) ? [() => remove(node, 'security')] : [],
  'operationId changed': (node) =>
    typeof node['operationId'] === 'string'
      ? [() => set(node, 'operationId', misspell(String(node['operationId'])))]
      : [],
  'parameter lost': (node) => onEachWord(node['parameters'], (parameters, at) => parameters.splice(at, 1)),
  'parameter renamed': (node, { name }) =>
    name.startsWith('components/parameters/') && 'in' in node
      ? [() => set(node, 'name', misspell(String(node['name'])))]
      : [],
  'parameter made optional': (node, { name }) =>
    name.startsWith('components/parameters/') && node['required'] === true
      ? [() => set(node, 'required', false)]
      : [],
  'what the provider sends closed': (node, file) =>
    isBodySchema(file) && !/Request|PushMerchantItem/.test(file.name) && 'properties' in node
      ? [() => set(node, 'additionalProperties', false)]
      : [],
  'realm fields lost': (node, file) =>
    isBodySchema(file) && isNode(node['additionalProperties'])
      ? [() => remove(node, 'additionalProperties')]
      : [],
  'event dropped': (node, { name }) => (name === 'openapi.yaml' ? onEach(node['webhooks'], remove) : []),
  'description lost': (node) => (isOperation(node) ? [() => remove(node, 'description')] : []),
};

function onEach(
  members: unknown,
  change: (members: Node, name: string) => void,
  filter: (name: string) => boolean = () => true,
): (() => void)[] {
  if (!isNode(members)) return [];
  return Object.keys(members)
    .filter(filter)
    .map((name) => () => change(members, name));
}

function onEachWord(list: unknown, change: (list: string[], at: number) => void): (() => void)[] {
  if (!Array.isArray(list)) return [];
  return list.map((_, at) => () => change(list as string[], at));
}

function wordsOf(list: unknown): string[] {
  return Array.isArray(list) ? (list as string[]) : [];
}

function set(node: Node, name: string, value: unknown): void {
  node[name] = value;
}

function remove(node: Node, name: string): void {
  delete node[name];
}

/** Keeps the order, as an author would. */
function rename(node: Node, from: string, to: string): void {
  const entries = Object.entries(node).map(([name, value]) => [name === from ? to : name, value] as const);
  for (const name of Object.keys(node)) delete node[name];
  Object.assign(node, Object.fromEntries(entries));
}

/** Swaps the last two characters that differ: what fingers do. */
function misspell(word: string): string {
  for (let at = word.length - 2; at >= 0; at--)
    if (word[at] !== word[at + 1]) return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  return `${word}x`;
}
