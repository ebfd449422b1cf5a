import { operations as evidenceOfOperations } from '@partner-ecosystem/openapi/evidence';
import type { OperationId } from '@partner-ecosystem/openapi/operations';

/** How far a behaviour of the sandbox can be trusted to be the provider's. */
export type Fidelity = 'documented' | 'observed' | 'assumed';

/** What a behaviour rests on. */
export interface Basis {
  readonly fidelity: Fidelity;
  /** The reason, in a line. */
  readonly basis: string;
}

/** What the sandbox does where the contract does not settle it. */
export type Behaviour =
  | 'rawToken'
  | 'authorizationRequired'
  | 'expiredTokenOnce'
  | 'loginFailed'
  | 'realmRequired'
  | 'usernameRequired'
  | 'credentialKind'
  | 'missingArgument'
  | 'malformedJson'
  | 'validationError'
  | 'modelNotFound'
  | 'merchantNotFound'
  | 'noSuchPath'
  | 'tooLarge'
  | 'unsupportedMediaType'
  | 'invalidStatus'
  | 'foreignCase'
  | 'storeRefusal'
  | 'fileDownload'
  | 'pushMakesPending'
  | 'decision'
  | 'decisionFinality'
  | 'askForMore'
  | 'fibonacci'
  | 'callback'
  | 'proxy'
  | 'serverError'
  | 'throttled403'
  | 'throttled429'
  | 'innerStatus'
  | 'network'
  | 'bodyOf204'
  | 'asked'
  | 'staleRead'
  | 'drift';

/** Each behaviour, with what it rests on. */
export const behaviours: { readonly [Name in Behaviour]: Basis } = {
  rawToken: documented('The token stands in the Authorization header as it is, without a scheme.'),
  authorizationRequired: documented('On nearly every call of the platform; denied access looks the same.'),
  expiredTokenOnce: observed(
    'The framework reports an expired token once, on any call, and then forgets it.',
  ),
  loginFailed: documented('On the login of the neighbouring merchants.'),
  realmRequired: documented('On the sibling logins and on createMerchant.'),
  usernameRequired: observed('The framework asks for a user name or an email.'),
  credentialKind: observed('The framework refuses a user name or realm that is no string.'),
  missingArgument: observed('The words of the framework for an argument that is missing or empty.'),
  malformedJson: documented('A SyntaxError without a code, on the login of the neighbouring merchants.'),
  validationError: observed('The framework answers a record that breaks its rules with a 422.'),
  modelNotFound: observed('The framework answers an unknown id with MODEL_NOT_FOUND.'),
  merchantNotFound: documented('The flag that the checks of the platform answer with, and nothing else.'),
  noSuchPath: observed('The framework has no 405: a wrong method is a path that is not there.'),
  tooLarge: observed('As the body parser of the framework refuses.'),
  unsupportedMediaType: observed('As the framework refuses.'),
  invalidStatus: assumed('A decided case takes no push; the words are those of a status filter.'),
  foreignCase: assumed('A push that names another realm or flow than its merchant is no valid record.'),
  storeRefusal: documented('The file store lists these members; their words are ours.'),
  fileDownload: documented(
    'The address answers with the file while it lives, and asks for the key if it has one.',
  ),
  pushMakesPending: assumed(
    'That a push submits the case is not said; another call of the platform does it there.',
  ),
  decision: documented('The back office accepts and rejects submitted cases.'),
  decisionFinality: assumed('A decided case can be decided the other way.'),
  askForMore: documented('The back office sends a case back as a draft.'),
  fibonacci: observed('The vendor describes such an outgoing queue for another product.'),
  callback: documented('The sample on its page; what differs by event is inferred.'),
  proxy: documented(
    'The catalogue lists 502 and 504 for a service that is down or too slow; the page is ours.',
  ),
  serverError: documented(
    'The catalogue says: temporary, try again later. The body as the framework makes it.',
  ),
  throttled403: documented('The catalogue announces request limits under 403.'),
  throttled429: assumed('A third party lists it; the catalogue does not.'),
  innerStatus: documented('A 400 whose body says 422, on a page of the platform.'),
  network: assumed('Any network, or a proxy in it, does this to any provider.'),
  bodyOf204: documented('A 204 with a message in its body, on the page of a report.'),
  asked: assumed('Somebody asked for this answer, by a fault or an override.'),
  staleRead: documented('The vendor asks to wait two to three minutes before a pull.'),
  drift: assumed('Any provider does this with its next release.'),
};

/** What an answer of an operation that succeeds rests on: what the contract says of the operation. */
export function basisOf(operationId: OperationId): Basis {
  const { evidence, basis } = evidenceOfOperations[operationId];
  return { fidelity: evidence === 'inferred' ? 'assumed' : evidence, basis };
}

function documented(basis: string): Basis {
  return { fidelity: 'documented', basis };
}

function observed(basis: string): Basis {
  return { fidelity: 'observed', basis };
}

function assumed(basis: string): Basis {
  return { fidelity: 'assumed', basis };
}
