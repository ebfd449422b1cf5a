import { type Classified, parameters, requests, responses } from '@partner-ecosystem/openapi/classification';
import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { known, type Validator, responses as validators } from '@partner-ecosystem/openapi/validators';
import { isMasked } from './is-masked.ts';
import { type Exchange, readHar } from './read-har.ts';
import { anyPosition, type Drift, type Violation } from './violation.ts';

/** What a recording shows. */
export interface HarCheck {
  /** Number of exchanges that are operations of the contract. */
  readonly known: number;
  /** Number of other exchanges, such as downloads. They are not checked. */
  readonly unknown: number;
  /** Each kind of drift once. */
  readonly drifts: readonly Drift<OperationId>[];
}

/**
 * Compares the exchanges of a HAR 1.2 file with the contract: parameters, JSON bodies and statuses. The result contains
 * no value that may be a person's data. A value that the recording masks is not checked.
 *
 * @param har - The parsed file.
 * @throws TypeError if `har` is not a HAR 1.2 file.
 * @example
 * ```ts
 * const { drifts } = checkHar(JSON.parse(await readFile('recorded.har', 'utf8')));
 * ```
 */
export function checkHar(har: unknown): HarCheck {
  const exchanges = readHar(har);
  const drifts = new Map<string, Drift<OperationId>>();
  let unknown = 0;
  for (const exchange of exchanges) {
    const target = targetOf(exchange);
    if (!target) unknown += 1;
    else
      for (const found of driftsOf(target, exchange)) {
        const drift = { ...found, pointer: anyPosition(found.pointer) };
        const { subject, side, status, pointer, keyword, word } = drift;
        drifts.set([subject, side, status, pointer, keyword, word].join(' '), drift);
      }
  }
  return { known: exchanges.length - unknown, unknown, drifts: [...drifts.values()] };
}

interface Target {
  readonly operation: Operation;
  /** Parameters of the path and the query, by name. */
  readonly given: Readonly<Record<string, string>>;
}

/** Finds the operation of an exchange. The path of the server's URL may come before the path of the contract. */
function targetOf({ method, url }: Exchange): Target | undefined {
  for (const operation of Object.values<Operation>(operations)) {
    const pattern = new RegExp(`${operation.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const match = operation.method === method ? pattern.exec(url.pathname) : null;
    if (match) return { operation, given: { ...Object.fromEntries(url.searchParams), ...match.groups } };
  }
  return undefined;
}

function driftsOf({ operation, given }: Target, exchange: Exchange): Drift<OperationId>[] {
  const { operationId: subject, requestType, success, errors } = operation;
  const { status, request, response, responseType } = exchange;
  const sent = [
    ...check(find(known.parameters, subject), given, parameters[subject]),
    ...(requestType === 'application/json'
      ? checkText(find(known.requests, subject), request, requests[subject])
      : []),
  ].map((violation) => ({ subject, side: 'request', ...violation }) as const);
  if (status === 0) return sent;

  const listed = [...success.map(String), ...Object.keys(errors)];
  const isListed = listed.includes(`${status}`);
  // Another 2xx is a success that the contract does not list.
  const described = !isListed && status >= 200 && status < 300 ? success[0] : status;
  // Proxies respond with pages, in place of the platform.
  const isPage = status >= 500 && responseType.startsWith('text/html');
  const received = [
    ...(isListed ? [] : [{ pointer: '', keyword: 'status', expected: `must be ${listed.join(', ')}` }]),
    ...(isPage
      ? []
      : checkText(
          find(validators[subject], `validateKnown${described}`),
          response,
          responses[subject][`${described}`],
        )),
  ].map((violation) => ({ subject, side: 'response', status, ...violation }) as const);
  return [...sent, ...received];
}

function find(
  byName: { readonly [name: string]: Validator<unknown> | undefined },
  name: string,
): Validator<unknown> | undefined {
  return byName[name];
}

function checkText(
  validator: Validator<unknown> | undefined,
  text: string | undefined,
  classified: Classified | undefined,
): readonly Violation[] {
  if (!validator || text === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [{ pointer: '', keyword: 'syntax', expected: 'must be JSON' }];
  }
  return check(validator, value, classified);
}

function check(
  validator: Validator<unknown> | undefined,
  value: unknown,
  classified: Classified | undefined,
): readonly Violation[] {
  const validation = validator?.(value);
  if (!validation || validation.ok) return [];
  return validation.violations.filter((violation) => !isMasked(violation, value, classified));
}
