import { defineError } from '../../platform/errors/domain-error.js';

export const WrongCredentials = defineError(
  'identity.wrong-credentials',
  'unauthenticated',
  'The e-mail or the password is wrong. If you work for several contractors, send contractorId too',
);
export const ContractorAmbiguous = defineError(
  'identity.contractor-ambiguous',
  'conflict',
  'This login exists at several contractors: repeat with contractorId',
);
export const RefreshTokenInvalid = defineError(
  'identity.refresh-token-invalid',
  'unauthenticated',
  'The refresh token is used up, expired or revoked: log in again',
);
export const InvitationInvalid = defineError(
  'identity.invitation-invalid',
  'notFound',
  'This invitation is not valid any more: ask the contractor for a new one',
);
export const InvitationNotFound = defineError('identity.invitation-not-found', 'notFound', 'There is no such invitation');
export const MemberExists = defineError('identity.member-exists', 'conflict', 'A member with this e-mail is already there');
export const MemberNotFound = defineError('identity.member-not-found', 'notFound', 'There is no such member');
export const LastOwner = defineError(
  'identity.last-owner',
  'conflict',
  'A contractor needs an active owner: make another member an owner first',
);
export const ApiKeyNotFound = defineError('identity.api-key-not-found', 'notFound', 'There is no such API key');
export const ApiKeyEnded = defineError(
  'identity.api-key-ended',
  'conflict',
  'This API key is revoked or has ended: create another one',
);
export const ClientsUnknown = defineError('identity.clients-unknown', 'invalid', 'One of the clients does not exist');
export const SignUpRepeated = defineError(
  'identity.sign-up-repeated',
  'conflict',
  'This Idempotency-Key came with another sign-up before: use a new key',
);
