import type { ClockReading } from './check-clock.ts';
import type { Finding } from './finding.ts';

/** What the public URL says, and what its clock does. */
export interface PublicAnswer {
  readonly finding: Finding;
  readonly clock?: ClockReading;
}

const timeoutMs = 10_000;

/**
 * Whether the provider's way leads to this server. Asks with what a callback must show, but by GET, so that the right
 * answer is 405 and nothing is kept.
 */
export async function checkPublicUrl(
  publicUrl: string,
  token: string,
  headers: Record<string, string>,
): Promise<PublicAnswer> {
  try {
    const response = await fetch(`${publicUrl.replace(/\/$/, '')}/callbacks/${token}`, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    const said = new Date(response.headers.get('date') ?? Number.NaN);
    const clock = { at: 'PUBLIC_URL', said, own: new Date() } as const;
    return {
      finding: validateCallback(publicUrl, response.status),
      ...(!Number.isNaN(said.getTime()) && { clock }),
    };
  } catch {
    return {
      finding: found('failure', 'does not answer. Is the server running, and does the way lead to it?'),
    };
  }
}

function validateCallback(publicUrl: string, status: number): Finding {
  if (status === 401)
    return found('warning', 'leads to this server, which does not let in this machine’s address (401).');
  if (status !== 405) return found('failure', meaningOf(status));
  return publicUrl.startsWith('https:')
    ? found('ok', 'leads to a server that lets callbacks in')
    : found(
        'warning',
        'leads to a server that lets callbacks in, but by http. They hold people’s data: use https.',
      );
}

function meaningOf(status: number): string {
  if (status === 404) return 'answers 404: it leads elsewhere, changes the path, or knows another token.';
  if (status >= 300 && status < 400)
    return `redirects (${status}), which senders do not follow. Give the last URL.`;
  return `answers ${status} where 405 is right: something in front does not let callbacks through.`;
}

function found(level: Finding['level'], message: string): Finding {
  return { check: 'public URL', level, message };
}
