import { judgeCall, judgeEdit, judgeSend, type ErrorRule } from '../error-rules.js';
import type { CallFailure, EditFailure, NetworkError, PublishFailure } from '../wire.js';
import { OK_ERROR_RULES } from './ok.error-table.js';

/** How people call the network. */
export const OK_TITLE = 'Одноклассники';

/** What an error means for a call that may be repeated. */
export function okCallError(error: NetworkError, now: Date): CallFailure {
  return judgeCall(OK_TITLE, error, ruleOf(error), now);
}

/** What an error means for a `mediatopic.post`: a code that isn't a certain refusal leaves it unclear. */
export function okSendError(error: NetworkError, now: Date): PublishFailure {
  return judgeSend(OK_TITLE, error, ruleOf(error), now);
}

/** What an error means for a `mediatopic.edit`. */
export function okEditError(error: NetworkError, now: Date): EditFailure {
  return judgeEdit(OK_TITLE, error, ruleOf(error), now);
}

function ruleOf(error: NetworkError): ErrorRule | undefined {
  return OK_ERROR_RULES.find(({ codes }) => codes.includes(error.code));
}
