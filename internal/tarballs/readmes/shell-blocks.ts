/** A block of shell commands in a README. */
export interface ShellBlock {
  /** The commands, with the `export` lines of earlier blocks: a reader goes on in the same terminal. */
  readonly script: string;
  /** Whether the last command serves until it is stopped. */
  readonly serves: boolean;
  /** A file that only a reader has, such as `my.har`; missing if the block can run as it is printed. */
  readonly ownFile?: string;
}

const servers = /^npx @partner-ecosystem\/(mocks( --.*)?|callback-server serve\b.*)$/;

/** The shell blocks of a README, in their order. */
export function shellBlocks(readme: string): readonly ShellBlock[] {
  const exported: string[] = [];
  return [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => {
    const lines = text.trim().split('\n');
    const script = [...exported, ...lines].join('\n');
    exported.push(...lines.filter((line) => line.startsWith('export ')));
    const [ownFile] = text.match(/\bmy\.[\w.]+/) ?? [];
    const last = lines.at(-1)?.replace(/\s+#.*/, '') ?? '';
    return { script, serves: servers.test(last), ...(ownFile !== undefined && { ownFile }) };
  });
}
