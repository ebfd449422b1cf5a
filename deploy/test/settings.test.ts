import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const readText = (name: string) => readFileSync(path(name), 'utf8');
const unit = readText('systemd/callback-server.service');
const { services } = parse(readText('container/compose.yaml'), { merge: true });
const [settings] = parseAllDocuments(readText('kubernetes/settings.yaml')).map((document) => document.toJS());
const podOf = (name: string) => {
  const { spec } = parse(readText(`kubernetes/${name}.yaml`));
  return (spec.jobTemplate?.spec ?? spec).template.spec;
};

/** The settings that each way of running the server gives. */
const given: Record<string, readonly string[]> = {
  compose: Object.keys(services.serve.environment),
  kubernetes: Object.keys(settings.data),
  systemd: [...unit.matchAll(/^Environment=(\w+)/gm)].flatMap(([, name]) => name ?? []),
};

const bin = path('../packages/callback-server/bin/callback-server.js');
const help = execFileSync(process.execPath, [bin, 'serve', '--help'], { encoding: 'utf8' });
const defaultOf = (setting: string) => {
  const [, value] = new RegExp(`^ *${setting} .*\\b(\\d+)\\)?$`, 'm').exec(help) ?? [];
  return Number(value);
};

test.each(Object.entries(given))('every setting of %s is a setting of the server', (_, names) => {
  expect(names).toContain('CALLBACK_TOKENS_FILE');
  for (const name of names) expect(help).toMatch(new RegExp(`^ *${name.replace(/_FILE$/, '')} `, 'm'));
});

test('the time for a stop is longer than DRAIN_SECONDS and SHUTDOWN_GRACE_SECONDS together', () => {
  const byDefault = defaultOf('DRAIN_SECONDS') + defaultOf('SHUTDOWN_GRACE_SECONDS');
  expect(byDefault).toBeGreaterThan(0);
  expect(Number.parseInt(services.serve.stop_grace_period, 10)).toBeGreaterThan(byDefault);
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(byDefault);
  const { DRAIN_SECONDS, SHUTDOWN_GRACE_SECONDS } = settings.data;
  const { terminationGracePeriodSeconds } = podOf('serve');
  expect(terminationGracePeriodSeconds).toBeGreaterThan(
    Number(DRAIN_SECONDS) + Number(SHUTDOWN_GRACE_SECONDS),
  );
});

test('the purge of systemd waits for the server, and starts no server that is stopped', () => {
  const purge = readText('systemd/callback-server-purge.service');
  const related = [...purge.matchAll(/^(\w+)=callback-server\.service$/gm)].map(([, relation]) => relation);
  expect(related.sort()).toEqual(['After', 'Requisite']);
});

test.each(['serve', 'migrate', 'purge'])('the pod of %s runs without rights, on a read-only root', (name) => {
  const pod = podOf(name);
  const [container] = pod.containers;
  expect(container.args).toEqual([name]);
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  });
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});

test('the containers run the Node that the root package.json pins', () => {
  const { devDependencies } = JSON.parse(readText('../package.json'));
  for (const folder of ['container', 'sandbox']) {
    const images = [...readText(`${folder}/Dockerfile`).matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(images.length).toBeGreaterThan(1);
    for (const image of images) expect(image).toBe(`node:${devDependencies.node}-slim`);
  }
});

test('every option of the sandbox in a container is an option of the command', () => {
  const sandbox = path('../packages/mocks/bin/partner-sandbox.js');
  const usage = execFileSync(process.execPath, [sandbox, '--help'], { encoding: 'utf8' });
  const { command } = parse(readText('sandbox/compose.yaml')).services.sandbox;
  const entry = /^ENTRYPOINT (.*)$/m.exec(readText('sandbox/Dockerfile'))?.[1] ?? '[]';
  const options = [...command, ...JSON.parse(entry)].flatMap((text) => /^--[\w-]+/.exec(text)?.[0] ?? []);
  expect(options).toContain('--control-host');
  for (const option of options) expect(usage).toContain(`  ${option} `);
});

test('nginx refuses the bodies that the server refuses, and keeps the others in memory', () => {
  const kibibytes = defaultOf('MAX_BODY_BYTES') / 1024;
  expect(readText('proxies/nginx.conf')).toContain(`client_max_body_size ${kibibytes}k;`);
  expect(readText('proxies/nginx.conf')).toContain(`client_body_buffer_size ${kibibytes}k;`);
});

test('nginx logs no request, even if the request ends before nginx selects a location', () => {
  const servers = readText('proxies/nginx.conf')
    .split(/^server \{$/m)
    .slice(1);
  expect(servers).not.toEqual([]);
  for (const server of servers) {
    const [atServer] = server.split(/^ *location /m);
    expect(atServer).toMatch(/^ *access_log off;$/m);
    expect(atServer).toMatch(/^ *error_log \/dev\/null emerg;$/m);
    expect(server.match(/(access|error)_log/g)).toHaveLength(2);
  }
});
