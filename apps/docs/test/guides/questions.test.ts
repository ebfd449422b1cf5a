import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { site } from '../../src/site.ts';

/** What a partner's engineer asks, the page that responds, and a passage of the page. */
const questions = [
  ['createMerchant timed out. What now?', 'unknown-outcome', 'Do not send the request again.'],
  ['What exactly does a reject callback look like?', 'callbacks', '"reason": "The photo does not match."'],
  ['How long does a stored file live?', 'push', 'the store deletes the file after 30 seconds'],
  ['Which operations need the administrator’s token?', 'login', 'createPartner an administrator’s'],
  ['Is a callback genuine?', 'callbacks', 'the provider signs nothing'],
  ['How do I rotate the callback token?', 'operate', 'Add the new token: CALLBACK_TOKENS=new,old.'],
  ['Can I run two replicas?', 'operate', 'SQLite is for one process.'],
  [
    'Which statuses are there, in which order?',
    'statuses',
    'A case begins with new. Your push makes the case pending.',
  ],
  ['What does a 403 mean?', 'troubleshooting', 'A 403 has two meanings: Too many requests.'],
  ['When do I pull?', 'statuses', 'After a push, wait 2 to 3 minutes before the first pull.'],
  ['How long does a token live?', 'login', 'A token lives for 14 days, unless'],
  ['How do I test a duplicate callback?', 'testing', "callback: 'accept', kind: 'duplicate'"],
  ['Which fields may be logged?', 'personal-data', 'restricted never log; store encrypted'],
  ['Why do I get a 401, although the login worked?', 'troubleshooting', 'for a call that is not permitted'],
  ['Why does a push get a 400?', 'troubleshooting', 'Not a valid status the case is decided'],
  ['Why is a pull old?', 'troubleshooting', 'Pulls lag by 2 to 3 minutes.'],
  ['Why does no callback arrive?', 'troubleshooting', 'Were the URLs registered for this flow'],
  ['Why did a callback come twice?', 'troubleshooting', 'The provider may post a callback again.'],
  ['Why does the callback server not start?', 'troubleshooting', 'The server names each setting'],
  ['How do I see my first callback?', 'callback-server/first-callback', 'Stop every program with Ctrl+C.'],
  ['How do I create a master key?', 'settings', 'export MASTER_KEYS='],
  ['How do I use curl or Python?', 'other-languages', '"""Onboards a merchant against a running sandbox.'],
] as const;

const clicks = await countClicks();

test.each(questions)('%s is answered on the page %s, within two clicks', async (_, slug, passage) => {
  const [main = ''] = /<main[\s\S]*<\/main>/.exec(await readPage(slug)) ?? [];
  expect(textOf(main)).toContain(passage.replaceAll(' ', ''));
  expect(clicks.get(slug)).toBeLessThanOrEqual(2);
});

function readPage(slug: string): Promise<string> {
  return readFile(new URL(slug === '' ? 'index.html' : `${slug}/index.html`, site), 'utf8');
}

/** Follows the links from the home page to the pages of the questions. */
async function countClicks(): Promise<ReadonlyMap<string, number>> {
  const wanted = new Set<string>(questions.map(([, slug]) => slug));
  const found = new Map([['', 0]]);
  for (const distance of [1, 2]) {
    for (const slug of [...found.keys()]) {
      for (const [, target = ''] of (await readPage(slug)).matchAll(/href="\/([^"#]*?)\/?(?:#[^"]*)?"/g))
        if (wanted.has(target) && !found.has(target)) found.set(target, distance);
    }
  }
  return found;
}

/** Text without white space, because each word of highlighted code is an element of its own. */
function textOf(html: string): string {
  const text = html
    .replaceAll(/<(script|style|svg)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, '');
  const entities: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', '#39': "'" };
  return text.replaceAll(/&(#?\w+);/g, (entity, name: string) => entities[name] ?? entity);
}
