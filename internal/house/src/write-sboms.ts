import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installations } from './installations.ts';
import { root } from './repository.ts';
import { billOfMaterials } from './third-party/bill-of-materials.ts';

// `npm run sbom`: writes a CycloneDX document for each published package into `sbom/`.
const folder = join(root, 'sbom');
mkdirSync(folder, { recursive: true });
for (const [name, packages] of installations()) {
  const file = join(folder, `${name.replace('@', '').replace('/', '-')}.cdx.json`);
  writeFileSync(file, `${JSON.stringify(billOfMaterials(name, packages), null, 2)}\n`);
  console.log(file);
}
