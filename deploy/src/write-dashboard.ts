import { writeFileSync } from 'node:fs';
import { dashboard } from './dashboard.ts';

// `npm run dashboard`: writes monitoring/dashboard.json.
const file = new URL('../monitoring/dashboard.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(dashboard(), null, 2)}\n`);
