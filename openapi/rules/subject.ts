import { basename } from 'node:path/posix';
import type { Location } from './rule.ts';

/** Parts of a pointer that the name of a subject leaves out. */
const unspoken = new Set(['properties', 'schema', 'post', 'get', 'put', 'patch', 'delete']);

/**
 * The name of a part of the contract in the table of facts, such as `PartnerLogin.ttl`, `Unauthorized` or
 * `createMerchant`. A file and a bundle give a part the same name.
 */
export function subjectOf({ source, pointer }: Location): string {
  const [, ...path] = pointer.split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const inBundle = path[0] === 'components' || path[0] === 'paths' || path[0] === 'webhooks';
  const below = path.slice(path[0] === 'components' ? 2 : inBundle ? 1 : 0);
  const file = basename(source.absoluteRef).replace(/\.\w+$/, '');
  const name = inBundle || file === 'openapi' ? below : [file, ...below];
  return name.filter((token, index) => token !== '' && (index === 0 || !unspoken.has(token))).join('.');
}
