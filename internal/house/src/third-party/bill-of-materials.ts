import type { ProductionPackage } from './production-packages.ts';

/**
 * Returns a package and everything that it needs in production as a CycloneDX 1.5 document. Equal input gives equal
 * documents: there is no serial number and no time.
 */
export function billOfMaterials(subject: string, packages: readonly ProductionPackage[]) {
  const components = packages.map(componentOf);
  const isSubject = ({ name }: { name: string }) => name === subject;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: components.find(isSubject) },
    components: components.filter((each) => !isSubject(each)),
    dependencies: packages.map(({ name, version, dependsOn }) => ({
      ref: purl(`${name}@${version}`),
      dependsOn: dependsOn.map(purl),
    })),
  };
}

function componentOf({ name, version, license, integrity }: ProductionPackage) {
  const reference = purl(`${name}@${version}`);
  return {
    type: 'library',
    'bom-ref': reference,
    name,
    version,
    purl: reference,
    ...(license && {
      licenses: [/ (OR|AND|WITH) /.test(license) ? { expression: license } : { license: { id: license } }],
    }),
    ...(integrity && { hashes: [hashOf(integrity)] }),
  };
}

/** Package URL of a name and version, such as `hono@4.13.19`. The @ of a scope is percent-encoded. */
function purl(id: string): string {
  return `pkg:npm/${id.replace(/^@/, '%40')}`;
}

function hashOf(integrity: string) {
  const [algorithm = '', base64 = ''] = integrity.split('-');
  return { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(base64, 'base64').toString('hex') };
}
