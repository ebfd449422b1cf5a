/** The package that sends e-mail is not installed. */
export class EmailClientMissingError extends Error {
  override readonly name = 'EmailClientMissingError';
}

/** @throws EmailClientMissingError if `nodemailer` is not installed. */
export async function loadEmailClient() {
  try {
    return await import('nodemailer');
  } catch (error) {
    if (!/MODULE_NOT_FOUND$/.test(String(Reflect.get(Object(error), 'code')))) throw error;
    const problem = 'e-mail needs a client that is not installed. Install it: npm install nodemailer';
    throw new EmailClientMissingError(problem, { cause: error });
  }
}
