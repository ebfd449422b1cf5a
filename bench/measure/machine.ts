import { cpus, totalmem } from 'node:os';

/** Describes in one line what all figures depend on. */
export function describeMachine(): string {
  const processor = cpus()[0]?.model.trim() || 'an unnamed processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  const { platform, arch, versions } = process;
  return `Node ${versions.node}, ${platform} ${arch}, ${cpus().length} × ${processor}, ${memory} GiB`;
}
