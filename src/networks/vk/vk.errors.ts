import { judgeCall, judgeEdit, judgeSend, type ErrorRule } from '../error-rules.js';
import type { CallFailure, EditFailure, NetworkError, PublishFailure } from '../wire.js';
import { VK_ERROR_RULES, VK_UPLOAD_RESTARTS } from './vk.error-table.js';
import { VK_REFINED_RULES } from './vk.refined-errors.js';

/** How people call the network. */
export const VK_TITLE = 'ВКонтакте';

/** What an error means for a call that may be repeated. */
export function vkCallError(error: NetworkError, now: Date): CallFailure {
  return judgeCall(VK_TITLE, error, ruleOf(error), now);
}

/** What an error means for a `wall.post`: a code that isn't a certain refusal leaves it unclear. */
export function vkSendError(error: NetworkError, now: Date): PublishFailure {
  return judgeSend(VK_TITLE, error, ruleOf(error), now);
}

/** True when the upload flow is to be started again from its first step, once. */
export function restartsUpload(error: NetworkError): boolean {
  return VK_UPLOAD_RESTARTS.has(error.code);
}

/** What an error means for a `wall.edit`. */
export function vkEditError(error: NetworkError, now: Date): EditFailure {
  return judgeEdit(VK_TITLE, error, ruleOf(error), now);
}

function ruleOf(error: NetworkError): ErrorRule | undefined {
  const refined = VK_REFINED_RULES.find(
    ({ rule, when }) =>
      rule.codes.includes(error.code) &&
      (when.subcode === undefined || (error.subcode !== undefined && when.subcode.includes(error.subcode))) &&
      (when.says === undefined || when.says.test(error.message)),
  );
  return refined?.rule ?? VK_ERROR_RULES.find(({ codes }) => codes.includes(error.code));
}
