import type { Context } from 'hono';
import { readBody } from '../../receiver/read-body.ts';

const maxFormBytes = 64 * 1024;

/** Why a form is refused. */
interface FormRefusal {
  readonly status: 400 | 413 | 415;
  readonly problem: string;
}

/**
 * Reads the form of a request, as browsers post it. The handlers after the guard can still read it with `parseBody`: the
 * request gets a copy of the body.
 */
export async function readForm(context: Context): Promise<URLSearchParams | FormRefusal> {
  const { req } = context;
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(req.header('content-type') ?? ''))
    return { status: 415, problem: 'Send the form as application/x-www-form-urlencoded.' };
  const body = await readBody(req.raw, maxFormBytes);
  if (body === 'too-long')
    return { status: 413, problem: `A form can have at most ${maxFormBytes} bytes. Choose fewer callbacks.` };
  if (!(body instanceof Uint8Array)) return { status: 400, problem: 'The form was cut off. Send it again.' };
  const text = Buffer.from(body).toString();
  req.raw = new Request(req.url, { method: 'POST', headers: req.header(), body: text });
  return new URLSearchParams(text);
}
