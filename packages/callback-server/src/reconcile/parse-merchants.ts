import { type ExpectedMerchant, isExpectable, maxIdLength } from '../merchant/expected-merchant.ts';

/** A list of merchants cannot be read. The message names the line, and quotes nothing of it. */
export class MerchantListError extends Error {
  override readonly name = 'MerchantListError';
}

const maxLines = 100_000;
/** A file in another encoding has replacement characters. A pull of such an id would always fail. */
const noIdHas = /["\p{Cc}\ufffd]/u;

/**
 * Reads a list of merchants: CSV whose first line is `merchantId,realmId`, or a JSON object with these properties in each
 * line.
 *
 * @throws MerchantListError naming the first line that is wrong.
 */
export function parseMerchants(text: string): ExpectedMerchant[] {
  // Before the text is split: each line costs memory and time.
  if (hasMoreLines(text, maxLines))
    throw new MerchantListError(`The list of merchants has more than ${maxLines} lines. Divide it.`);
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '');
  const [first, ...rest] = lines;
  if (!first) throw new MerchantListError('The list of merchants is empty.');
  if (first.line.startsWith('{'))
    return withoutRepeats(lines, ({ line, number }) => checkMerchant(parseJson(line), number));
  const columns = first.line.split(',').map(cellText);
  const [idColumn, realmColumn] = ['merchantId', 'realmId'].map((name) => columns.indexOf(name));
  if (idColumn === undefined || realmColumn === undefined || idColumn < 0 || realmColumn < 0)
    throw new MerchantListError(
      'Line 1 must be merchantId,realmId. Or each line is a JSON object with these properties.',
    );
  for (const name of ['merchantId', 'realmId'])
    if (columns.indexOf(name) !== columns.lastIndexOf(name))
      throw new MerchantListError(`Line 1 has the column ${name} twice. Leave one column out.`);
  if (rest.length === 0) throw new MerchantListError('The list of merchants is empty: it has only line 1.');
  return withoutRepeats(rest, ({ line, number }) => {
    const cells = line.split(',');
    // A comma within quotes, as in the name of a company, would move the ids to other columns.
    if (cells.length > columns.length)
      throw new MerchantListError(
        `Line ${number} has more cells than line 1. Quoted commas are not supported: leave such columns out.`,
      );
    const [merchantId, realmId] = [cellText(cells[idColumn]), cellText(cells[realmColumn])];
    return checkMerchant({ merchantId, realmId }, number);
  });
}

interface Line {
  readonly line: string;
  readonly number: number;
}

/** @throws MerchantListError if two lines give one merchant different realms. */
function withoutRepeats(lines: readonly Line[], read: (line: Line) => ExpectedMerchant): ExpectedMerchant[] {
  const merchants = new Map<string, ExpectedMerchant>();
  for (const line of lines) {
    const merchant = read(line);
    const { realmId } = merchants.get(merchant.merchantId) ?? merchant;
    if (realmId !== merchant.realmId)
      throw new MerchantListError(
        `Line ${line.number} has another realm than an earlier line of its merchant.`,
      );
    merchants.set(merchant.merchantId, merchant);
  }
  return [...merchants.values()];
}

function hasMoreLines(text: string, limit: number): boolean {
  let lines = 1;
  for (let end = text.indexOf('\n'); end !== -1 && lines <= limit; end = text.indexOf('\n', end + 1))
    lines += 1;
  return lines > limit;
}

/** Ids have neither commas nor quotes. A spreadsheet may put quotes around them. */
function cellText(cell = ''): string {
  return cell.trim().replace(/^"(.*)"$/, '$1');
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function checkMerchant(value: unknown, number: number): ExpectedMerchant {
  const { merchantId, realmId } = Object(value) as Partial<Record<string, unknown>>;
  const expected = { merchantId, realmId };
  if (isExpectable(expected)) {
    if (noIdHas.test(expected.merchantId + expected.realmId))
      throw new MerchantListError(
        `Line ${number} has a quote, a control character or broken UTF-8 in an id. Check the id, and save the list as UTF-8.`,
      );
    return expected;
  }
  throw new MerchantListError(
    `Line ${number} must have a merchantId and a realmId, each a text of 1 to ${maxIdLength} characters.`,
  );
}
