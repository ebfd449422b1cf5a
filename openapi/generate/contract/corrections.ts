import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

const folder = new URL('../../overlays/corrections/', import.meta.url);

/** A single action of an integrator's overlay, in an overlay file of its own. */
export interface Correction {
  /** File name of the integrator's overlay. */
  overlay: string;
  target: string;
  file: string;
}

/** Reads the actions of all overlays in `overlays/corrections/`, in order. Disposing of the result deletes the files. */
export async function readCorrections(): Promise<AsyncDisposable & { list: Correction[] }> {
  const temporary = await mkdtemp(join(tmpdir(), 'corrections-'));
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const list: Correction[] = [];
  for (const name of names) {
    const { actions, ...head } = parse(await readFile(new URL(name, folder), 'utf8')) as Overlay;
    for (const action of actions ?? []) {
      const file = join(temporary, `${list.length}.yaml`);
      await writeFile(file, JSON.stringify({ ...head, actions: [action] }));
      list.push({ overlay: name, target: action.target, file });
    }
  }
  return { list, [Symbol.asyncDispose]: () => rm(temporary, { recursive: true }) };
}

interface Overlay {
  actions?: { target: string }[];
}
