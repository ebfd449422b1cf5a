import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installations } from './installations.ts';
import { root } from './repository.ts';
import { thirdPartyPage } from './third-party/third-party-page.ts';

// `npm run third-party`: writes THIRD-PARTY.md.
writeFileSync(join(root, 'THIRD-PARTY.md'), thirdPartyPage(installations()));
