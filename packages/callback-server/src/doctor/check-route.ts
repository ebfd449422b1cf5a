import { failureCause } from '../dispatch/failure-cause.ts';
import { requestStatus } from '../dispatch/request-status.ts';
import type { OpenQueue } from '../queues/queue-connection.ts';
import { type Finding, failure, ok, warning } from './finding.ts';

const timeoutMs = 10_000;

/**
 * Checks that a URL that callbacks are forwarded to can be reached. Sends `OPTIONS` without a body, as a forward would send
 * its request. Every response proves that the name, the connection and TLS work.
 *
 * @param setting - The setting that holds the URL.
 */
export async function checkRoute(url: string, setting: string): Promise<Finding> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    return assessResponse(await requestStatus(url, { method: 'OPTIONS', signal }), setting);
  } catch (error) {
    return failure(
      `cannot be reached: ${failureCause(error)}. Check ${setting}, and the server that it names.`,
    );
  }
}

/** Checks that a queue can be reached and accepts the credentials. Publishes nothing. */
export async function checkQueue(open: OpenQueue): Promise<Finding> {
  try {
    const { close } = await open(timeoutMs);
    await close();
    return ok('is reached, and accepts the credentials. Nothing was published');
  } catch (error) {
    return failure(
      `cannot be used: ${failureCause(error)}. Check its url in ROUTES_FILE, and the broker that it names.`,
    );
  }
}

function assessResponse(status: number, setting: string): Finding {
  const reached = `is reached, and responds ${status} to OPTIONS`;
  if (status >= 300 && status < 400)
    return warning(`${reached}. Redirects are not followed: give the final URL in ${setting}.`);
  if (status >= 500) return warning(`${reached}. Check the server behind ${setting}.`);
  return ok(reached);
}
