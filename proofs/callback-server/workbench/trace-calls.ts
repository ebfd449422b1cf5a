import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { requireTool } from './machine-tool.ts';

/** One end of a system call. Between the two, calls of other threads may begin and end. */
export interface CallEdge {
  readonly edge: 'begins' | 'ends';
  readonly name: string;
  /** The descriptor, with the path or the socket that it stands for. */
  readonly file: string;
  /** The other arguments, as far as they are known at this end, with strace's escapes. */
  readonly text: string;
  /** What it returned; nothing where it begins. */
  readonly result: number | undefined;
}

/** Follows a process that runs, in every thread of it, until it ends. Resolves when it is followed. */
export async function traceCalls(
  pid: number,
  names: readonly string[],
  onEdge: (edge: CallEdge) => void,
): Promise<{ readonly ended: Promise<void> }> {
  requireTool('strace');
  const longest = String(64 * 1024);
  const args = ['-f', '-y', '-s', longest, '-e', `trace=${names}`, '-e', 'signal=none', '-p', String(pid)];
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const lines = createInterface({ input: strace.stderr });
  const ended = once(lines, 'close').then(() => {});
  const [first] = await once(lines, 'line');
  if (!String(first).includes('attached')) throw new Error(`strace could not follow the server: ${first}`);
  lines.on('line', readEdges(onEdge));
  return { ended };
}

/** Reads strace's lines, of which a call gets two where another thread came between. */
function readEdges(onEdge: (edge: CallEdge) => void): (line: string) => void {
  const open = new Map<string, { file: string; text: string }>();
  return (line) => {
    const resumed = /^(?:\[pid +(\d+)\] )?<\.\.\. (\w+) resumed>(.*) = (-?\d+)[^=]*$/s.exec(line);
    if (resumed) {
      const [, thread = '', name = '', text = '', result] = resumed;
      const begun = open.get(thread) ?? { file: '', text: '' };
      onEdge({ edge: 'ends', name, file: begun.file, text: begun.text + text, result: Number(result) });
      return;
    }
    const begun = /^(?:\[pid +(\d+)\] )?(\w+)\((\d+<[^>]*>)(.*)$/s.exec(line);
    if (!begun) return;
    const [, thread = '', name = '', file = '', rest = ''] = begun;
    open.set(thread, { file, text: rest });
    const whole = / = (-?\d+)[^=]*$/.exec(rest);
    onEdge({ edge: 'begins', name, file, text: rest, result: undefined });
    if (whole && !rest.endsWith('<unfinished ...>'))
      onEdge({ edge: 'ends', name, file, text: rest, result: Number(whole[1]) });
  };
}
