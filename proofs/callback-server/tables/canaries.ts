import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import type { Database } from '../databases/database.ts';
import { canariesIn, canaryPattern, numberOf } from '../inputs/canary.ts';
import { canaryPost, isMerchantId } from '../inputs/canary-posts.ts';
import { startCanaryProvider } from '../inputs/canary-provider.ts';
import { type ServerProcess, startServer, token } from '../server/server-process.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';

const senders = 16;
const pollMs = 100;
/** A run of at least so many callbacks waits for checks, which begin after a minute, and must get notifications. */
const minLong = 1000;

/** The canaries found in each output of a server. */
type Found = Readonly<
  Record<'log' | 'metrics' | 'responses' | 'notifications' | 'pages' | 'files', Set<string>>
>;

/**
 * Sends canaries in every place that a callback can carry them, to a server whose forwarding target refuses half of the
 * callbacks and quotes them. The callbacks are confirmed, and their merchants checked, by pulls of documents and errors with
 * canaries of their own. Then searches the log, the metrics, the responses, the notifications and every page of the inbox for
 * canaries. With encryption it also searches the files of the database: while the server runs, after a kill and after a normal end.
 */
export async function canaries({ cycles, databases }: FaultRun): Promise<FaultResult> {
  // With encryption first: PostgreSQL's log files keep what the other run writes.
  const encrypted = await searchOutputs(await databases.create(), cycles, {
    MASTER_KEYS: `canaries:${randomBytes(32).toString('base64')}`,
  });
  const plain = await searchOutputs(await databases.create(), cycles, {});
  const { files, ...outputs } = plain.found;
  const leaks = [...Object.values(encrypted.found), ...Object.values(outputs)].flatMap((found) => [...found]);
  const ofPulls = [...files].filter((canary) => numberOf(canary) >= cycles);
  const [notified, pulls] = [encrypted.notified + plain.notified, encrypted.pulls + plain.pulls];
  const wasNotified = notified > 0 || cycles < minLong;
  return {
    // Without encryption the files must show the canaries, or the search could not find any.
    holds: leaks.length === 0 && files.size > cycles && ofPulls.length > 0 && wasNotified,
    summary: `${cycles} callbacks with two canaries each, ${pulls} pulls with two canaries each, ${notified} notifications: ${describe(encrypted.found)}; without encryption, ${describe(plain.found)}, ${ofPulls.length} of them from pulls${leaks[0] ? `, such as ${leaks[0]}` : ''}`,
  };
}

function describe({ log, metrics, responses, notifications, pages, files }: Found): string {
  return `${log.size} in the log, ${metrics.size} in metrics, ${responses.size} in responses, ${notifications.size} in notifications, ${pages.size} on pages of the inbox, ${files.size} in the database's files`;
}

async function searchOutputs(database: Database, count: number, environment: Record<string, string>) {
  const found: Found = {
    log: new Set(),
    metrics: new Set(),
    responses: new Set(),
    notifications: new Set(),
    pages: new Set(),
    files: new Set(),
  };
  const provider = await startCanaryProvider(count);
  let notified = 0;
  const search = (output: keyof Found, content: string | Uint8Array) => {
    for (const canary of canariesIn(content, provider.next())) {
      const isShown = output === 'pages' && numberOf(canary) < count && isMerchantId(canary);
      if (!isShown) found[output].add(canary);
    }
    if (typeof content === 'string' && content.includes(token)) found[output].add('the token');
  };
  const searchFiles = () => {
    for (const file of database.files()) search('files', contentOf(file));
  };
  const target = await listenOnFreePort(createServer(refuseHalf));
  const notifications = await receiveNotifications((text) => {
    notified += 1;
    search('notifications', text);
  });
  const useServer = async (invalidCallbacks: 'keep' | 'reject', from: number, to: number) => {
    const server = await startServer(database.url, {
      environment: {
        ...environment,
        ...confirmed(provider.url),
        FORWARD_URL: target.url,
        NOTIFY_URL: notifications.url,
        INVALID_CALLBACKS: invalidCallbacks,
      },
      onOutput: (text) => search('log', text),
    });
    await post(server, from, to, (response) => search('responses', response));
    await untilPulled(server.adminUrl, count >= minLong);
    search('metrics', await (await fetch(`${server.adminUrl}/metrics`)).text());
    await visitPages(server.adminUrl, (page) => search('pages', page));
    return server;
  };
  const half = Math.floor(count / 2);
  const first = await useServer('keep', 0, half);
  await first.signal('SIGKILL');
  searchFiles();
  const second = await useServer('reject', half, count);
  searchFiles();
  await second.signal('SIGTERM');
  searchFiles();
  await target.close();
  await notifications.close();
  await provider.close();
  await database.remove();
  return { found, notified, pulls: provider.next() - count };
}

/** Starts a target of notifications that passes on the headers and the body of each. */
function receiveNotifications(onNotification: (text: string) => void) {
  return listenOnFreePort(
    createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      onNotification(`${JSON.stringify(request.headers)} ${Buffer.concat(chunks)}`);
      response.end();
    }),
  );
}

/** Confirms every callback at once, and checks each merchant a minute later. */
function confirmed(url: string): Record<string, string> {
  return {
    PROVIDER_URL: url,
    PARTNER_USERNAME: 'not-a-real-partner',
    PARTNER_PASSWORD: 'not-a-real-password',
    CONFIRM: 'always',
    CONFIRM_MINUTES: '0',
    RECONCILE_MINUTES: '1',
    PULLS_PER_MINUTE: '60000',
  };
}

/** Waits until a server has confirmed a callback, and with `isChecked` has also recovered a callback. */
async function untilPulled(adminUrl: string, isChecked: boolean): Promise<void> {
  const kinds = [/confirmations_total\{state="confirmed"\} [1-9]/];
  if (isChecked) kinds.push(/recovered_total\{.*\} [1-9]/);
  for (;;) {
    const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
    if (kinds.every((kind) => kind.test(metrics))) return;
    await delay(pollMs);
  }
}

/** Opens every page that can be reached from the inbox's first page, but none that begins an action. */
async function visitPages(adminUrl: string, onPage: (text: string) => void): Promise<void> {
  const paths = new Set(['/inbox']);
  for (const path of paths) {
    const page = await (await fetch(`${adminUrl}${path}`)).text();
    onPage(page);
    for (const [, link = ''] of page.matchAll(/href="(\/inbox[^"]*)"/g)) {
      if (/^\/inbox\/(redeliver|release|give-up)|merchantId=/.test(link)) continue;
      // A callback has an address for each list that leads to it.
      paths.add(/^\/inbox\/callbacks\/\w+/.exec(link)?.[0] ?? link.replaceAll('&amp;', '&'));
    }
  }
}

/** Returns the bytes of a file, or none if PostgreSQL has deleted the file since the listing. */
function contentOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Uint8Array();
    throw error;
  }
}

/** The forwarding target: responds to every other callback with an error that quotes the callback. */
const refuseHalf: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const quoted = body.toString('latin1').match(canaryPattern)?.[0] ?? 'nothing';
    response.writeHead(body.length % 2 === 0 ? 200 : 500, { 'x-quoted': quoted }).end(body);
  });
};

/** Posts canaries `from` (included) to `to` (excluded). */
async function post(server: ServerProcess, from: number, to: number, onResponse: (text: string) => void) {
  let next = from;
  const send = async () => {
    while (next < to) {
      const { path, headers, body } = canaryPost(next++);
      const init = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
      try {
        const response = await fetch(`${server.url}${path}`, init);
        onResponse(`${[...response.headers]} ${await response.text()}`);
      } catch (error) {
        // The server closes the connection after a refusal, which can break the rest of a long body.
        if (body.length < 100_000) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
}
