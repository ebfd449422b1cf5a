/** A block of shell commands in a README. */
export interface ShellBlock {
  /** The commands, with the `export` lines of earlier blocks: a reader goes on in the same terminal. */
  readonly script: string;
  /** Whether the last command serves until it is stopped. */
  readonly serves: boolean;
  /** What only a reader can fill in, such as `<control token>`; missing if the block can run as it is printed. */
  readonly placeholder?: string;
}

const servers = /^npx @partner-ecosystem\/(mocks( --.*)?|callback-server serve\b.*)$/;

/** The shell blocks of a README, in their order. */
export function shellBlocks(readme: string): readonly ShellBlock[] {
  const exported: string[] = [];
  return [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => {
    const lines = text.trim().split('\n');
    const script = [...exported, ...lines].join('\n');
    exported.push(...lines.filter((line) => line.startsWith('export ')));
    const [placeholder] = text.match(/<[a-z][^>]*>/) ?? [];
    const last = lines.at(-1)?.replace(/\s+#.*/, '') ?? '';
    return { script, serves: servers.test(last), ...(placeholder !== undefined && { placeholder }) };
  });
}
