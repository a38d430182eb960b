import type { Poll, PreparedPoll } from '../media.js';
import type { CallOutcome, Credentials, PageRef } from '../network.js';
import { pollProblem } from '../post-content.js';
import { badPageId, isPageId } from '../refusal.js';
import { record } from '../untrusted-json.js';
import { VK_TITLE } from './vk.errors.js';
import { VK_LIMITS } from './vk.limits.js';
import { writingUserToken } from './vk.tokens.js';
import { attachmentOf, broken, type Step, type VkUploadFlow } from './vk.upload-flow.js';

/** A poll that stands nowhere until a post carries it: VK documentation, `polls.create`. Needs a user's token. */
export class VkPolls {
  constructor(private readonly flow: VkUploadFlow) {}

  async prepare(page: PageRef, credentials: Credentials, poll: Poll): Promise<CallOutcome<PreparedPoll>> {
    if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
    const problem = pollProblem(VK_TITLE, VK_LIMITS, poll);
    if (problem !== undefined) return { kind: 'refused', reason: problem };
    const chosen = writingUserToken(credentials);
    if ('refused' in chosen) return chosen.refused;
    const made = await this.flow.run(() => this.create(page, chosen.token, poll));
    return made.kind === 'done' ? { kind: 'done', value: { ...poll, attachment: made.value } } : made;
  }

  private async create(page: PageRef, token: string, poll: Poll): Promise<Step<string>> {
    const { question, answers, anonymous, multiple } = poll;
    const params = {
      owner_id: `-${page.externalId}`,
      question: question.normalize('NFC'),
      add_answers: JSON.stringify(answers.map((answer) => answer.normalize('NFC'))),
      is_anonymous: anonymous ? 1 : 0,
      is_multiple: multiple ? 1 : 0,
    };
    const created = await this.flow.call('polls.create', params, token);
    if ('failure' in created) return created;
    const attachment = attachmentOf('poll', record(created.value), page);
    return attachment === undefined ? broken('malformed poll') : { value: attachment };
  }
}
