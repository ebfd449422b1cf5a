import { transitions } from '@partner-ecosystem/mocks';
import { operations as evidence, sources } from '@partner-ecosystem/openapi/evidence';
import { type OperationId, operations, statusWords } from '@partner-ecosystem/openapi/operations';
import { FileTtl } from '@partner-ecosystem/openapi/shapes';
import { webhooks } from '@partner-ecosystem/openapi/validators';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { evidenceOf, operationsOf } from '../../../../openapi/generate/contract/operations.ts';
import { readFacts } from '../../../../openapi/rules/facts.ts';
import { factTables } from '../../../../openapi/rules/facts-table.ts';
import { contract } from '../contract/contract.ts';
import { evidenceWords } from '../contract/evidence-words.ts';
import { requestRules } from '../contract/request-rules.ts';
import { code } from '../markdown/code.ts';

const operationIds = Object.keys(operations) as OperationId[];

/** Which token each operation needs. */
export function tokenTable(): string {
  return markdownTable(
    ['operation', 'token'],
    operationIds.map((id) => [operationLink(id), tokenOf(operations[id].security)]),
  );
}

function tokenOf(security: readonly string[]): string {
  if (security.length === 0) return 'none';
  const isAdministrators = security.includes('AdministratorToken');
  if (!security.includes('PartnerToken')) return 'an administrator’s';
  return isAdministrators ? 'the partner’s, or an administrator’s' : 'the partner’s';
}

/** From which source each operation is known. */
export function evidenceTable(): string {
  return markdownTable(
    ['operation', 'evidence', 'reason'],
    operationIds.map((id) => {
      const { evidence: kind, basis, aspects = {} } = evidence[id];
      const others = Object.entries(aspects).map(
        ([aspect, known]) => `The ${aspect} is ${known.evidence}. ${known.basis}`,
      );
      return [operationLink(id), kind, [basis, ...others].join(' ')];
    }),
  );
}

/** Every source of the contract. */
export function sourceTable(): string {
  return markdownTable(
    ['source', 'kind', 'read by'],
    Object.entries(sources).map(([name, { kind, title, url, read }]) => [
      `\`${name}\`: ${url ? `[${title}](${url})` : title}`,
      kind,
      read,
    ]),
  );
}

/** Each host, with its source. */
export function hostTable(): string {
  const servers = [...contract.servers, ...operationsOf(contract).flatMap(({ servers: own }) => own)];
  const byUrl = new Map(servers.map((server) => [server.url, server]));
  return markdownTable(
    ['host', 'of', 'evidence'],
    [...byUrl.values()].map((server) => [
      `\`${server.url}\``,
      `\`${server['x-name']}\``,
      evidenceWords(evidenceOf(server)),
    ]),
  );
}

/** What the contract states in keywords, with the sources of each fact. A limit that is only ours has none. */
export function factTable(): string {
  const facts = readFacts('facts.yaml');
  const rows = [
    ...factTables.flatMap((table) =>
      Object.entries(facts[table]).map(([of, { is, source }]) => ({ table, of, is, source })),
    ),
    ...(['limits', 'words', 'units'] as const).flatMap((table) =>
      Object.entries(facts[table]).map(([of, { source, ...is }]) => ({ table, of, is, source })),
    ),
  ];
  return markdownTable(
    ['kind', 'part', 'fact', 'sources'],
    rows.map(({ table, of, is, source = ['ours'] }) => [
      table,
      `\`${of}\``,
      is === '' ? 'an empty body' : code(textOf(is).replaceAll('|', '\\|')),
      source.join(', '),
    ]),
  );
}

function textOf(fact: unknown): string {
  if (Array.isArray(fact)) return fact.length === 0 ? 'none' : fact.join(', ');
  return typeof fact === 'string' ? fact : JSON.stringify(fact).replaceAll('"', '');
}

/** What the texts of the contract claim, with the sources of each claim. */
export function claimTable(): string {
  return markdownTable(
    ['claim', 'of', 'sources'],
    readFacts('facts.yaml').claims.map(({ says, of, source, inferred }) => [
      says.replaceAll('|', '\\|'),
      of.map((part) => `\`${part}\``).join(', '),
      `${inferred ? 'inferred: ' : ''}${source.map((name) => `\`${name}\``).join(', ')}`,
    ]),
  );
}

/** Each rule of each request: documented, with its sources, or ours. */
export function ruleTable(): string {
  return markdownTable(
    ['operation', 'where', 'rule', 'whose'],
    operationIds.flatMap((id) =>
      requestRules(id).map(({ path, rule, whose, isOnlyWarned }) => [
        operationLink(id),
        path === '' ? inputOf(id) : `\`${path}\``,
        rule,
        `${whose === 'ours' ? whose : `${whose.evidence}: ${whose.sources.join(', ')}`}${isOnlyWarned ? ' (only a warning)' : ''}`,
      ]),
    ),
  );
}

/** What the input of an operation is. */
function inputOf(id: OperationId): string {
  return 'requestType' in operations[id] ? 'the body' : 'the parameters';
}

/** Every move of a case, and the callback that follows. */
export function moveTable(): string {
  return markdownTable(
    ['status before', 'what happens', 'status after', 'callback', 'what to do'],
    transitions.map(({ from, move, to }) => [
      `\`${statusWords[from][0]}\``,
      move === 'push' ? 'you push data' : `the back office decides \`${move}\``,
      `\`${statusWords[to][0]}\``,
      from !== to && to in webhooks ? `[\`${to}\`](/events/${to}/)` : 'none',
      isReversal(from, to) ? `stop what the \`${from}\` began; ${toDo[to]}` : toDo[to],
    ]),
  );
}

/** What a partner does once a case has a status. */
const toDo: Readonly<Record<(typeof transitions)[number]['to'], string>> = {
  new: 'push the customer’s data',
  pending: 'wait 2 to 3 minutes, then pull, or wait for the callback',
  accept: 'confirm by a pull, then begin your business with the customer',
  reject: 'confirm by a pull, then tell the customer the `reason`',
  draft: 'only a pull shows this status: correct what `instructions` names, and push again',
};

function isReversal(from: string, to: string): boolean {
  return from !== to && [from, to].every((status) => status === 'accept' || status === 'reject');
}

/** Every lifetime that the file store knows. */
export function lifetimeList(): string {
  return (FileTtl.expected?.enum ?? []).map((ttl) => `\`${ttl}\``).join(', ');
}

function operationLink(id: OperationId): string {
  return `[\`${id}\`](/operations/${id}/)`;
}
