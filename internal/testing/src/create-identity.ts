import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its private key, in PEM. */
export interface TlsIdentity {
  readonly certificate: string;
  readonly key: string;
}

/** Creates a self-signed certificate for `localhost`, which is valid for two days. */
export function createIdentity(): TlsIdentity {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const files = ['-keyout', join(folder, 'key'), '-out', join(folder, 'certificate')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const options = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files];
    execFileSync('openssl', ['req', '-x509', ...options], { stdio: 'ignore' });
    return {
      certificate: readFileSync(join(folder, 'certificate'), 'utf8'),
      key: readFileSync(join(folder, 'key'), 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
