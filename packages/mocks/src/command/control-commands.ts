import { createControl, type operations, type SandboxControl } from '../control/control-client.ts';
import { loadAll, maxPart } from '../control/load-all.ts';
import { type Duration, millisecondsIn } from '../core/model/duration.ts';
import { assertEnvironment } from './assert-environment.ts';
import {
  assertArguments,
  type Call,
  type Command,
  CommandFailure,
  dataOf,
  noControlApi,
  parse,
  type Schemas,
  UsageError,
} from './call.ts';
import { changeFaults } from './change-faults.ts';
import { describeCase } from './describe-rows.ts';
import { showCallbacks, showJournal } from './follow.ts';
import { controlTokenOf } from './server-options.ts';

const decisions = { accept: 'accept', reject: 'reject', ask: 'draft', reverse: 'reverse' } as const;

const commands: { readonly [name: string]: Command | undefined } = {
  ...Object.fromEntries(
    Object.entries(decisions).map(([name, decision]): [string, Command] => [
      name,
      { options: ['reason', 'instructions'], maxArguments: 1, run: (call) => decide(call, decision) },
    ]),
  ),
  cases: {
    options: ['status'],
    run: async ({ control, values: { status }, print }) => {
      // The control API refuses an unknown status.
      const query = status === undefined ? {} : { status: status as Schemas['Status'] };
      print(await loadCases(control, query), describeCase);
    },
  },
  advance: {
    maxArguments: 1,
    run: async ({ control, args: [duration], print }) => {
      if (duration === undefined) throw new UsageError('advance needs a duration, such as 2d.');
      const seconds = millisecondsIn(duration as Duration) / 1000; // Throws for a text that is not a duration.
      const clock = dataOf(await control.POST('/clock/advance', { body: { seconds } }));
      print([clock], ({ now }) => `The clock is at ${new Date(now).toISOString()}.`);
    },
  },
  faults: { maxArguments: Number.POSITIVE_INFINITY, run: changeFaults },
  journal: {
    options: ['follow'],
    run: showJournal,
  },
  callbacks: {
    options: ['follow'],
    run: showCallbacks,
  },
};

export const controlCommandNames: readonly string[] = Object.keys(commands);

/**
 * Runs a command for a running sandbox.
 *
 * @throws CommandFailure that says what to do.
 */
export async function runControlCommand(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const command = commands[name];
  assertEnvironment(env);
  const { values, positionals } = parse(args);
  assertArguments(name, { ...command, given: positionals, values });
  const token = controlTokenOf(values, env);
  if (token === undefined)
    throw new UsageError(
      'The control token is missing. Start the server and this command with the same --control-token or SANDBOX_CONTROL_TOKEN.',
    );
  const url = values['control-url'] ?? env['SANDBOX_CONTROL_URL'] ?? 'http://127.0.0.1:4011';
  const control = createControl({ url, token }).sandbox(values.sandbox);
  const print: Call['print'] = (rows, describe) => {
    for (const row of rows) console.log(values.json ? JSON.stringify(row) : describe(row));
  };
  await command?.run({ control, args: positionals, values, print }).catch((error: unknown) => {
    if (error instanceof SyntaxError) throw new CommandFailure(noControlApi); // The response is not JSON.
    // `fetch` rejects with a TypeError if nothing responds.
    if (error instanceof TypeError)
      throw new CommandFailure(
        `No sandbox responds at ${url}. Start a sandbox with \`partner-sandbox\`, or give the address of a control API with --control-url.`,
      );
    throw error;
  });
}

type CaseQuery = NonNullable<operations['listMerchants']['parameters']['query']>;

async function loadCases(control: SandboxControl, query: CaseQuery) {
  return loadAll(
    (after) => control.GET('/merchants', { params: { query: { ...query, limit: maxPart, ...after } } }),
    dataOf,
  );
}

async function decide(
  { control, args: [reference], values, print }: Call,
  decision: (typeof decisions)[keyof typeof decisions],
): Promise<void> {
  if (reference === undefined) throw new UsageError('Name the case, by its id or by your own reference.');
  const listed = await loadCases(control, { search: reference });
  const found = listed.filter(({ id, signzyAppId }) => id === reference || `${signzyAppId}` === reference);
  const [merchant, another] = found;
  if (!merchant)
    throw new CommandFailure(`There is no case ${reference}. \`partner-sandbox cases\` lists the cases.`);
  if (another)
    throw new CommandFailure(
      `${found.length} cases have the reference ${reference}: ${found.map(({ id }) => id).join(', ')}. Give an id.`,
    );
  const { reason, instructions } = values;
  const details = {
    ...(reason !== undefined && { reason }),
    ...(instructions !== undefined && { instructions }),
  };
  const params = { path: { merchantId: merchant.id } };
  const body = { decision, ...details };
  const decided = dataOf(await control.POST('/merchants/{merchantId}/decision', { params, body }));
  print([decided], ({ merchantId, status }) => `${merchantId} is now ${status}.`);
}
