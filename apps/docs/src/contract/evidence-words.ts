import { type Evidence, sources } from '@partner-ecosystem/openapi/evidence';

/**
 * How a part of the contract is known, with its sources, as Markdown.
 *
 * @param aspects - How single aspects are known, such as the method of an operation.
 */
export function evidenceWords(
  { evidence, basis, sources: cited }: Evidence,
  aspects: Readonly<Record<string, Evidence>> = {},
): string {
  return [
    `${evidence}. ${basis} Sources: ${cited.map(sourceWords).join('; ')}.`,
    ...Object.entries(aspects).map(([aspect, known]) => `The ${aspect} is ${evidenceWords(known)}`),
  ].join(' ');
}

function sourceWords(name: string): string {
  const source = sources[name];
  if (!source) throw new Error(`The contract has no source ${name}. Add the source to openapi/facts.yaml.`);
  const { title, url, read } = source;
  return `${url ? `[${title}](${url})` : title}, read by ${read}`;
}
