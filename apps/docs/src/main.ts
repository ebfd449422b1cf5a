import { serveDocs } from './serve-docs.ts';

const { url } = await serveDocs();
console.log(`Docs: ${url}`);
