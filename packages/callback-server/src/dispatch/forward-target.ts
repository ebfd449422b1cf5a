import { keyOf } from './webhook-signer.ts';

/** Ports that `fetch` refuses, by the Fetch standard: https://fetch.spec.whatwg.org/#port-blocking */
const blockedPorts: ReadonlySet<string> = new Set(
  `0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135
  137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719
  1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080`.split(/\s+/),
);

export function isBlockedPort(port: string): boolean {
  return blockedPorts.has(port);
}

/**
 * What is wrong with a URL that this server sends requests to; `undefined` if the URL is acceptable. The same rule holds for
 * requests with `fetch` and without `fetch`. Never quotes the URL.
 */
export function problemOfUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return 'must be an http or https URL.';
  if (url.username || url.password) return 'must have no user name or password, because fetch refuses them.';
  if (isBlockedPort(url.port)) return `must have another port: fetch refuses port ${url.port}.`;
  return undefined;
}

const minSecretBytes = 16;
const create = 'Create one: openssl rand -base64 32.';

/** What is wrong with a secret that signs forwarded callbacks; `undefined` if it is acceptable. Never quotes it. */
export function problemOfSigningSecret(text: string): string | undefined {
  try {
    if (keyOf(text).length >= minSecretBytes) return undefined;
    return `must have ${minSecretBytes} bytes or more before base64. ${create}`;
  } catch {
    return `must be a Standard Webhooks secret: base64, with or without the prefix whsec_. ${create}`;
  }
}
