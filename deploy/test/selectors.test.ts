import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

type Labels = Readonly<Record<string, string>>;
interface Template {
  readonly metadata?: { readonly labels?: Labels };
  readonly spec: {
    readonly containers: readonly { readonly ports?: readonly { readonly name: string }[] }[];
  };
}
/** The parts of a manifest that make pods, or select pods. */
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template?: Template;
    readonly jobTemplate?: { readonly spec: { readonly template: Template } };
    readonly selector?: Labels & { readonly matchLabels?: Labels };
    readonly podSelector?: { readonly matchLabels: Labels };
  };
}

const readText = (name: string) => readFileSync(new URL(`../kubernetes/${name}`, import.meta.url), 'utf8');
const kustomization = parse(readText('kustomization.yaml')) as {
  readonly resources: readonly string[];
  readonly labels: readonly {
    readonly pairs: Labels;
    readonly includeTemplates?: boolean;
    readonly includeSelectors?: boolean;
  }[];
};
const manifests = kustomization.resources.flatMap((name) =>
  parseAllDocuments(readText(name)).map((document) => document.toJS() as Manifest),
);

/** The labels that kustomize adds to each pod: the pairs of the rules with `includeTemplates`. */
const added: Labels = Object.assign(
  {},
  ...kustomization.labels.filter((rule) => rule.includeTemplates).map(({ pairs }) => pairs),
);
const pods = manifests.flatMap(({ spec }) => {
  const template = spec?.template ?? spec?.jobTemplate?.spec.template;
  if (!template) return [];
  const labels: Labels = { ...template.metadata?.labels, ...added };
  const ports = template.spec.containers.flatMap((container) => container.ports ?? []);
  return [{ name: labels['app.kubernetes.io/component'], labels, ports: ports.map(({ name }) => name) }];
});

function selectedBy({ spec }: Manifest) {
  const labels = spec.podSelector?.matchLabels ?? spec.selector?.matchLabels ?? spec.selector ?? {};
  return pods.filter((pod) => Object.entries(labels).every(([label, value]) => pod.labels[label] === value));
}

const meant: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['serve'],
  Service: ['serve'],
  PodDisruptionBudget: ['serve'],
  NetworkPolicy: ['serve', 'migrate', 'purge'],
};
const selecting = manifests.filter(({ spec }) => spec?.selector ?? spec?.podSelector);

describe.each(selecting)('$kind $metadata.name', (manifest) => {
  test('selects the right pods, and no other pod', () => {
    expect(selectedBy(manifest).map(({ name }) => name)).toEqual(meant[manifest.kind]);
  });

  test('names only ports that a selected pod has', () => {
    const named = [...JSON.stringify(manifest.spec).matchAll(/"(?:port|targetPort)":"(\w+)"/g)];
    const has = selectedBy(manifest).flatMap((pod) => pod.ports);
    for (const [, name] of named) expect(has).toContain(name);
  });
});

test('the manifests have each kind that selects pods, and no label rule changes a selector', () => {
  expect(new Set(selecting.map(({ kind }) => kind))).toEqual(new Set(Object.keys(meant)));
  expect(kustomization.labels.filter((rule) => rule.includeSelectors)).toEqual([]);
});
