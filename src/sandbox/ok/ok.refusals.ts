import { Refusal } from '../calls/refusal.js';

export const unknownMethod = (name: string): Refusal =>
  new Refusal(3, `METHOD : Method ${name} does not exist or is not available`);
export const badRequest = (why: string): Refusal => new Refusal(4, `REQUEST : ${why}`);
export const permissionDenied = (why: string): Refusal => new Refusal(10, `PERMISSION_DENIED : ${why}`);
export const limitReached = (): Refusal => new Refusal(11, 'LIMIT_REACHED : Method call limit reached');
export const notMultipart = (): Refusal => new Refusal(21, 'NOT_MULTIPART : multipart/form-data expected');
export const badParam = (why: string): Refusal => new Refusal(100, `PARAM : ${why}`);
export const badApiKey = (): Refusal => new Refusal(101, 'PARAM_API_KEY : No application key');
export const sessionExpired = (): Refusal => new Refusal(102, 'PARAM_SESSION_EXPIRED : Session expired');
export const badSession = (): Refusal => new Refusal(103, 'PARAM_SESSION_KEY : Invalid session key');
export const badSignature = (presented: string): Refusal =>
  new Refusal(104, `PARAM_SIGNATURE : Invalid signature ${presented || '(none)'}`);
export const badPhoto = (): Refusal => new Refusal(121, 'PARAM_PHOTO_ID : Invalid photo token');
export const badGroup = (): Refusal => new Refusal(160, 'PARAM_GROUP_ID : Invalid group id');
export const missingAppPermission = (name: string): Refusal =>
  new Refusal(200, `PARAM_PERMISSION : No application permission ${name}`);
export const notFound = (what: string): Refusal => new Refusal(300, `NOT_FOUND : ${what} not found`);
export const sessionRequired = (): Refusal => new Refusal(453, 'SESSION_REQUIRED : The method needs a session');
export const tooManyBlocks = (): Refusal => new Refusal(600, 'Media topic block limit exceeded');
export const textTooLong = (): Refusal => new Refusal(601, 'Media topic text limit exceeded');
export const questionTooLong = (): Refusal => new Refusal(602, 'Media topic poll question text limit exceeded');
export const wrongAnswerCount = (): Refusal => new Refusal(603, 'Media topic poll answers limit exceeded');
export const answerTooLong = (): Refusal => new Refusal(604, 'Media topic poll answer text limit exceeded');
export const badLink = (): Refusal => new Refusal(607, 'Media topic link bad format');
export const editWindowOver = (): Refusal => new Refusal(704, 'TIMEOUT_EXCEEDED : The topic can no longer be edited');

export const uploadSizeLimit = (): Refusal => new Refusal(500, 'IMAGE_SIZE_LIMIT_EXCEEDED');
export const imageTooSmall = (): Refusal => new Refusal(501, 'IMAGE_TOO_SMALL');
export const imageTooBig = (): Refusal => new Refusal(502, 'IMAGE_TOO_BIG');
export const imageFormat = (): Refusal => new Refusal(503, 'IMAGE_FORMAT_UNSUPPORTED');
export const imageCorrupted = (): Refusal => new Refusal(504, 'IMAGE_CORRUPTED');
export const noImage = (): Refusal => new Refusal(505, 'NO_IMAGE');
