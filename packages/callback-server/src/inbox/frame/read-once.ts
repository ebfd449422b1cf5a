import type { Texts } from './form-texts.ts';
import { noticeParameters } from './notice.tsx';

/** Says what is wrong with a text; `undefined` if it is acceptable. */
type Check = (text: string) => string | undefined;

/** The texts of fields that occur once, and what is wrong with them. */
interface ReadFields<Name extends string> {
  readonly texts: { readonly [Field in Name]?: string };
  readonly problems: readonly string[];
}

/**
 * Reads fields that may occur once each. A field that is unknown or repeated is a problem, because the page would show
 * something else than was asked for. An empty field counts as not given.
 */
export function readOnce<Name extends string>(
  given: Texts,
  checks: Readonly<Record<Name, Check>>,
): ReadFields<Name> {
  const fields = Object.entries(given).filter(
    ([name, texts]) => texts.join('') !== '' && !noticeParameters.includes(name),
  );
  const isKnown = (name: string): name is Name => Object.hasOwn(checks, name);
  const problems = fields.flatMap(([name, [text = '', ...others]]) => {
    if (!isKnown(name)) return [`${name} is not known.`];
    const problem = others.length > 0 ? 'must be given once.' : checks[name](text);
    return problem === undefined ? [] : [`${name} ${problem}`];
  });
  const known = fields.filter(([name]) => isKnown(name)).map(([name, [text = '']]) => [name, text]);
  // Every name is one of the checks.
  return { texts: Object.fromEntries(known) as ReadFields<Name>['texts'], problems };
}
