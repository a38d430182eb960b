import { Refusal } from '../calls/refusal.js';

export const unknownMethod = (): Refusal => new Refusal(3, 'Unknown method passed');
export const noToken = (): Refusal => new Refusal(5, 'User authorization failed: no access_token passed.');
export const badToken = (): Refusal => new Refusal(5, 'User authorization failed: invalid access_token (4).');
export const expiredToken = (): Refusal => new Refusal(5, 'User authorization failed: access_token has expired.');
export const tooManyPerSecond = (): Refusal => new Refusal(6, 'Too many requests per second');
export const noPermission = (): Refusal => new Refusal(7, 'Permission to perform this action is denied');
export const invalidRequest = (why: string): Refusal => new Refusal(8, `Invalid request: ${why}`);
export const accessDenied = (why: string): Refusal => new Refusal(15, `Access denied: ${why}`);
export const missingScope = (): Refusal =>
  new Refusal(15, 'Access denied: no access to call this method. It cannot be called with current scopes.', 1133);
export const uploadFailed = (why: string): Refusal => new Refusal(22, why);
export const notForGroups = (): Refusal => new Refusal(27, 'Group authorization failed: method is unavailable with group auth.');
export const notForService = (): Refusal =>
  new Refusal(28, 'Application authorization failed: method is unavailable with service token.');
export const notForVkId = (): Refusal =>
  new Refusal(1051, 'Method is not available for this profile type: method is unavailable with current profile type');
export const badParam = (why: string): Refusal =>
  new Refusal(100, `One of the parameters specified was missing or invalid: ${why}`);
export const notFound = (): Refusal => new Refusal(104, 'Not found');
export const saveFailed = (): Refusal => new Refusal(105, "Couldn't save file");
export const invalidServer = (): Refusal => new Refusal(118, 'Invalid server');
export const invalidHash = (): Refusal => new Refusal(121, 'Invalid hash');
export const invalidPhoto = (): Refusal => new Refusal(129, 'Invalid photo');
export const noAccessToGroup = (): Refusal => new Refusal(203, 'Access to group denied');
export const postNotAccessible = (): Refusal => new Refusal(210, "Access to wall's post denied");
export const commentNotAccessible = (): Refusal => new Refusal(211, "Access to wall's comment denied");
export const commentsClosed = (): Refusal => new Refusal(212, 'Access to post comments denied');
export const cannotAddPost = (why: string): Refusal => new Refusal(214, `Access to adding post denied: ${why}`);
export const tooManyAds = (): Refusal => new Refusal(219, 'Advertisement post was recently added');
export const commentNotDeleted = (): Refusal => new Refusal(243, 'Comment was not deleted');
