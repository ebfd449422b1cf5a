import { cpus, totalmem } from 'node:os';

/** What the figures were measured on. */
export function machineFacts(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpu?.model.trim() || 'an unnamed processor'}, ${memory} GiB.`;
}
