import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * Parses options as `parseArgs` does, but refuses an option that is given twice: only the last value would have an
 * effect.
 *
 * @throws Error that names the wrong option.
 */
export function parseOptions<Config extends ParseArgsConfig>(config: Config) {
  const { tokens = [] } = parseArgs({ ...config, tokens: true });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { type, multiple = false } = config.options?.[token.name] ?? { type: 'boolean' };
    if (type === 'string' && !multiple && seen.has(token.name))
      throw new Error(`--${token.name} is given more than once. Give it once.`);
    seen.add(token.name);
  }
  return parseArgs(config);
}
