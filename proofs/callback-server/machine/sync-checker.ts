import type { CallEdge } from './trace-calls.ts';

/** Follows callbacks through a server's system calls. A callback is known by its merchant, such as `merchant-7-`. */
export function createSyncChecker() {
  /** The callback that each connection waits for. */
  const pending = new Map<string, string>();
  /** Callbacks in write-ahead log frames that no commit frame has followed yet. */
  let written = new Set<string>();
  let committed = new Set<string>();
  /** Callbacks that are covered by a sync that has not returned yet. */
  let covered = new Set<string>();
  const durable = new Set<string>();
  let isCommitFrame = false;
  const counts = {
    /** Responses with status 200. */
    checked: 0,
    /** The 200s that left before the sync of their callback had returned. */
    early: 0,
    syncs: 0,
  };

  const onRead = ({ file, text }: CallEdge) => {
    const merchant = merchantsIn(text).at(-1);
    if (merchant) pending.set(file, merchant);
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
    if (edge === 'ends') counts.syncs++;
  };
  const onResponse = ({ file }: CallEdge) => {
    counts.checked++;
    if (!durable.has(pending.get(file) ?? '')) counts.early++;
    pending.delete(file);
  };

  return {
    /** The system calls to trace. */
    calls: ['read', 'write', 'writev', 'pwrite64', 'fsync', 'fdatasync'],
    onEdge: (call: CallEdge) => {
      const { edge, name, file, text } = call;
      const isLog = file.endsWith('-wal>');
      if (name === 'read' && edge === 'ends') onRead(call);
      else if (name === 'pwrite64' && edge === 'ends' && isLog) onLogWritten(call);
      else if (name.endsWith('sync') && isLog) onSync(call);
      else if (name.startsWith('write') && edge === 'begins' && text.includes('"HTTP/1.1 200'))
        onResponse(call);
    },
    counts,
  };
}

/** Size of a frame's header. A frame is a header and a page, and SQLite writes the two separately. */
const frameHeaderBytes = 24;

/** Reads the second word of a frame's header. It is 0 except in the frame that ends a transaction. */
function sizeAfterCommit(text: string): number {
  const quoted = /"(.*)"/s.exec(text)?.[1] ?? '';
  return Buffer.from(decodeEscapes(quoted), 'latin1').readUInt32BE(4);
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f' };

/** Decodes strace's escapes, which are the escapes of C with octal numbers. */
function decodeEscapes(text: string): string {
  return text.replace(/\\([0-7]{1,3}|.)/gs, (_, escaped: string) =>
    /^[0-7]/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (escapes[escaped] ?? escaped),
  );
}

function merchantsIn(text: string): readonly string[] {
  return text.match(/merchant-\d+-/g) ?? [];
}
