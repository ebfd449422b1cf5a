import { failureCause } from '../dispatch/failure-cause.ts';
import type { ClockReading } from './check-clock.ts';
import { type Finding, failure, ok, warning } from './finding.ts';

const timeoutMs = 10_000;

/**
 * Checks that the public URL leads to this server. Sends a GET with the factors of a callback: the right response is 405,
 * and nothing is stored. Reads the clock of the machine at the URL, if it sends its time.
 */
export async function checkPublicUrl(
  publicUrl: string,
  token: string,
  headers: Record<string, string>,
): Promise<{ finding: Finding; clock?: ClockReading }> {
  try {
    const response = await fetch(`${publicUrl.replace(/\/$/, '')}/callbacks/${token}`, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    const other = new Date(response.headers.get('date') ?? Number.NaN);
    const clock = { at: 'PUBLIC_URL', other, own: new Date() } as const;
    return {
      finding: assessStatus(publicUrl, response.status),
      ...(!Number.isNaN(other.getTime()) && { clock }),
    };
  } catch (error) {
    const cause = failureCause(error);
    return {
      finding: failure(
        `does not respond: ${cause}. Check that the server is running and the URL leads to it.`,
      ),
    };
  }
}

function assessStatus(publicUrl: string, status: number): Finding {
  if (status === 401)
    return warning(
      'leads to this server, which does not admit this machine (401). Check the factors and the allowed addresses.',
    );
  if (status === 404)
    return failure(
      'responds 404: the URL leads elsewhere, a proxy changes the path, or the server has another token.',
    );
  if (status >= 300 && status < 400)
    return failure(`redirects (${status}), which senders do not follow. Give the final URL.`);
  if (status !== 405)
    return failure(`responds ${status} instead of 405: something in front of the server blocks callbacks.`);
  if (!publicUrl.startsWith('https:'))
    return warning(
      'leads to a server that admits callbacks, but by http. Callbacks contain personal data: use https.',
    );
  return ok('leads to a server that admits callbacks');
}
