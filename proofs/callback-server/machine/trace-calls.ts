import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { requireTool } from '@partner-ecosystem/testing/require-tool';

/** The beginning or the end of a system call. Between the two, other threads may begin and end calls. */
export interface CallEdge {
  readonly edge: 'begins' | 'ends';
  readonly name: string;
  /** The descriptor, with the path or socket behind it. */
  readonly file: string;
  /** The other arguments known at this edge, with strace's escapes. */
  readonly text: string;
  /** The return value, or `undefined` at the beginning. */
  readonly result: number | undefined;
}

/** Traces all threads of a running process until the process ends. Resolves when the trace has begun. */
export async function traceCalls(pid: number, names: readonly string[], onEdge: (edge: CallEdge) => void) {
  requireTool('strace');
  const maxTextLength = 64 * 1024;
  const options = `-f -y -s ${maxTextLength} -e trace=${names} -e signal=none -p ${pid}`;
  const strace = spawn('strace', options.split(' '), { stdio: ['ignore', 'ignore', 'pipe'] });
  const lines = createInterface({ input: strace.stderr });
  const ended = once(lines, 'close').then(() => {});
  const [first] = await once(lines, 'line');
  if (!String(first).includes('attached')) throw new Error(`strace could not trace the server: ${first}`);
  lines.on('line', createEdgeReader(onEdge));
  return { ended };
}

/** Reads strace's lines. A call has two lines if another thread came between its edges. */
function createEdgeReader(onEdge: (edge: CallEdge) => void): (line: string) => void {
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
