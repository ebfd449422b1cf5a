import { operations as evidenceOfOperations } from '@partner-ecosystem/openapi/evidence';
import type { OperationId } from '@partner-ecosystem/openapi/operations';

/** How certain it is that the provider behaves as the sandbox does. */
export type Fidelity = 'documented' | 'observed' | 'assumed';

/** The evidence for a behaviour. */
export interface Basis {
  readonly fidelity: Fidelity;
  /** The reason, in one line. */
  readonly basis: string;
}

const documented = basisWith('documented');
const observed = basisWith('observed');
const assumed = basisWith('assumed');

/** What the sandbox does where the contract leaves the behaviour open, with the evidence for each behaviour. */
export const behaviours = {
  rawToken: documented('The Authorization header holds the token as it is, without a scheme.'),
  authorizationRequired: documented(
    'The pages of nearly every call of the platform show this error; denied access gets the same error.',
  ),
  expiredTokenOnce: observed(
    'The framework reports an expired token once, on any call, and then forgets the token.',
  ),
  loginFailed: documented('The page of a sibling login shows this error.'),
  realmRequired: documented('The pages of sibling logins and of createMerchant show this error.'),
  usernameRequired: observed('The framework asks for a user name or an email.'),
  credentialKind: observed('The framework rejects a user name or realm that is not a string.'),
  missingArgument: observed("The framework's message for an argument that is missing or empty."),
  malformedJson: documented('The page of a sibling login shows a SyntaxError without a code.'),
  validationError: observed('The framework responds with 422 to a record that breaks its rules.'),
  modelNotFound: observed('The framework responds to an unknown id with MODEL_NOT_FOUND.'),
  merchantNotFound: documented("The platform's checks respond with this flag and with nothing more."),
  noSuchPath: observed('The framework has no 405: it treats a wrong method as an unknown path.'),
  tooLarge: observed("The framework's body parser sends this error."),
  unsupportedMediaType: observed('The framework sends this error.'),
  invalidStatus: assumed('A decided case accepts no push; the message is the message of a status filter.'),
  caseMismatch: assumed('A push that names another realm or flow than its merchant is an invalid record.'),
  itemMismatch: assumed(
    'A push of an unknown page or widget, or of a value that no pull may show, is an invalid record.',
  ),
  repeatedWidget: assumed(
    'No page says what a push with the same widget twice does. The sandbox takes the last item.',
  ),
  expiredFile: assumed('The provider cannot fetch a file that its store has deleted; the message is ours.'),
  storeError: documented('The file store documents these properties; the texts are ours.'),
  fileDownload: documented(
    'The address returns the file until it expires, and requires the key if the file has a key.',
  ),
  pushMakesPending: assumed(
    'No page says that a push submits the case; on the platform another call submits it.',
  ),
  decision: documented('The back office accepts and rejects submitted cases.'),
  decisionFinality: assumed('A decided case can be decided the other way.'),
  askForMore: documented('The back office sends a case back as a draft.'),
  fibonacci: observed('The vendor describes these delays for the outgoing queue of another product.'),
  callback: documented(
    'The page of the callback shows a sample; the differences between the events are inferred.',
  ),
  proxy: documented(
    "Signzy's catalogue lists 502 and 504 for a service that is down or too slow; the HTML page is ours.",
  ),
  serverError: documented(
    "Signzy's catalogue says: temporary, try again later. The body has the framework's format.",
  ),
  throttled403: documented("Signzy's catalogue announces request limits under 403."),
  throttled429: assumed("A third party lists 429; Signzy's catalogue does not list it."),
  innerStatus: documented('A page of the platform shows a 400 whose body says 422.'),
  network: assumed('Any network, or a proxy in the network, can do this to any provider.'),
  bodyOf204: documented('The page of a report shows a 204 with a message in its body.'),
  requested: assumed('A fault or an override requested this response.'),
  staleRead: documented('The vendor asks to wait two to three minutes before a pull.'),
  drift: assumed('Any provider can do this with its next release.'),
} satisfies { readonly [name: string]: Basis };

export type Behaviour = keyof typeof behaviours;

/** Returns the evidence for an operation's success: what the contract says about the operation. */
export function basisOf(operationId: OperationId): Basis {
  const { evidence, basis } = evidenceOfOperations[operationId];
  return { fidelity: evidence === 'inferred' ? 'assumed' : evidence, basis };
}

function basisWith(fidelity: Fidelity) {
  return (basis: string): Basis => ({ fidelity, basis });
}
