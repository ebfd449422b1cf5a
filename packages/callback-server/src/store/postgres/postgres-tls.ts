import type { ConnectionOptions } from 'node:tls';
import { readTextFile } from '../../files/read-text-file.ts';

/** The parameters of a database URL that concern TLS. */
export interface TlsParameters {
  readonly sslmode?: string | undefined;
  readonly sslrootcert?: string | undefined;
  readonly sslcert?: string | undefined;
  readonly sslkey?: string | undefined;
}

const modes = ['disable', 'require', 'no-verify', 'verify-ca', 'verify-full'];

/**
 * The TLS options of a connection. The modes mean what PostgreSQL's documentation says: `pg` itself treats some modes as
 * other modes.
 *
 * @throws Error for parameters that contradict each other, and for modes that fall back to plaintext.
 */
export function tlsOptions(parameters: TlsParameters): ConnectionOptions | false {
  const { sslmode: mode = 'disable', sslrootcert, sslcert, sslkey } = parameters;
  if (!modes.includes(mode)) throw new Error(problemOfMode(mode));
  if (mode === 'disable') {
    if (sslrootcert || sslcert || sslkey)
      throw new Error('names certificates, which only TLS uses. Add sslmode=verify-full.');
    return false;
  }
  if (!sslcert !== !sslkey) throw new Error('must have sslcert and sslkey together, or neither of them.');
  const certificate = sslcert && { cert: readPem('sslcert', sslcert) };
  const key = sslkey && { key: readPem('sslkey', sslkey) };
  return { ...verification(mode, sslrootcert), ...certificate, ...key };
}

function verification(mode: string, rootCertificate: string | undefined): ConnectionOptions {
  if (rootCertificate === 'system') {
    if (mode !== 'verify-full')
      throw new Error('has sslrootcert=system, which requires sslmode=verify-full.');
    return { rejectUnauthorized: true };
  }
  if (mode === 'no-verify' && rootCertificate)
    throw new Error('has sslmode=no-verify, which ignores sslrootcert. Use sslmode=verify-full.');
  if (mode === 'verify-ca' && !rootCertificate)
    throw new Error(
      'has sslmode=verify-ca, which requires sslrootcert. Name the file of the certificate authority.',
    );
  if (mode === 'no-verify' || (mode === 'require' && !rootCertificate)) return { rejectUnauthorized: false };
  const ca = rootCertificate && { ca: readPem('sslrootcert', rootCertificate) };
  // With a certificate authority, `require` means `verify-ca`: any host that the authority has certified.
  const anyHost = mode !== 'verify-full' && { checkServerIdentity: () => undefined };
  return { rejectUnauthorized: true, ...ca, ...anyHost };
}

function problemOfMode(mode: string): string {
  const isFallback = mode === 'prefer' || mode === 'allow';
  return isFallback
    ? `has sslmode=${mode}, which falls back to plaintext silently. Use disable, require, verify-ca or verify-full.`
    : `has an unknown sslmode. Use ${modes.join(', ')}.`;
}

function readPem(parameter: string, path: string): string {
  try {
    return readTextFile(path);
  } catch {
    throw new Error(`names a file in ${parameter} that cannot be read. Check its path and permissions.`);
  }
}
