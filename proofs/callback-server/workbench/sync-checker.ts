import type { CallEdge } from './trace-calls.ts';

/** Follows callbacks through a server's system calls, by the merchant that each names: `merchant-7-`. */
export interface SyncChecker {
  /** The system calls that it wants to see. */
  readonly calls: readonly string[];
  readonly see: (edge: CallEdge) => void;
  /** How many answers of 200 were seen. */
  checked(): number;
  /** How many of them left before the sync that covers their callback had returned. */
  early(): number;
  syncs(): number;
}

export function createSyncChecker(): SyncChecker {
  /** Which callback a connection waits for. */
  const asked = new Map<string, string>();
  /** In frames of the write-ahead log that no commit frame has followed yet. */
  let written = new Set<string>();
  let committed = new Set<string>();
  /** What a sync that has not returned yet covers. */
  let covered = new Set<string>();
  const durable = new Set<string>();
  let isCommitFrame = false;
  let [checked, early, syncs] = [0, 0, 0];

  const onRead = ({ file, text }: CallEdge) => {
    const merchant = merchantsIn(text).at(-1);
    if (merchant) asked.set(file, merchant);
  };
  const onLogWritten = ({ text, result }: CallEdge) => {
    if (result === frameHeaderBytes) isCommitFrame = sizeAfterCommit(text) !== 0;
    else for (const merchant of merchantsIn(text)) written.add(merchant);
    if (result === frameHeaderBytes || !isCommitFrame) return;
    for (const merchant of written) committed.add(merchant);
    [written, isCommitFrame] = [new Set(), false];
  };
  const onSync = ({ edge, result }: CallEdge) => {
    if (edge === 'begins') [covered, committed] = [committed, new Set()];
    else if (result === 0) for (const merchant of covered) durable.add(merchant);
    if (edge === 'ends') syncs++;
  };
  const onAnswer = ({ file }: CallEdge) => {
    checked++;
    if (!durable.has(asked.get(file) ?? '')) early++;
    asked.delete(file);
  };

  return {
    calls: ['read', 'write', 'writev', 'pwrite64', 'fsync', 'fdatasync'],
    see: (call) => {
      const { edge, name, file, text } = call;
      const isLog = file.endsWith('-wal>');
      if (name === 'read' && edge === 'ends') onRead(call);
      else if (name === 'pwrite64' && edge === 'ends' && isLog) onLogWritten(call);
      else if (name.endsWith('sync') && isLog) onSync(call);
      else if (name.startsWith('write') && edge === 'begins' && text.includes('"HTTP/1.1 200'))
        onAnswer(call);
    },
    checked: () => checked,
    early: () => early,
    syncs: () => syncs,
  };
}

/** A frame is this header, and a page; SQLite writes them one after the other. */
const frameHeaderBytes = 24;

/** The second word of a frame's header: 0, but in the frame that ends a transaction. */
function sizeAfterCommit(text: string): number {
  const quoted = /"(.*)"/s.exec(text)?.[1] ?? '';
  return Buffer.from(withoutEscapes(quoted), 'latin1').readUInt32BE(4);
}

const letters: Record<string, string> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f' };

/** Undoes strace's escapes, which are those of C, in octal. */
function withoutEscapes(text: string): string {
  return text.replace(/\\([0-7]{1,3}|.)/gs, (_, escaped: string) =>
    /^[0-7]/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (letters[escaped] ?? escaped),
  );
}

function merchantsIn(text: string): readonly string[] {
  return text.match(/merchant-\d+-/g) ?? [];
}
