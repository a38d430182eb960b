import { DOCUMENT_EXTENSIONS, type DocumentUpload } from '../media.js';
import type { CallOutcome, Credentials, PageRef } from '../network.js';
import { documentProblem } from '../post-content.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { record } from '../untrusted-json.js';
import { uploadTimeoutMs } from '../wire.js';
import { VK_TITLE } from './vk.errors.js';
import { VK_LIMITS } from './vk.limits.js';
import { communityToken } from './vk.tokens.js';
import { attachmentOf, broken, type Step, type VkUploadFlow } from './vk.upload-flow.js';

/** A document for a wall post, three steps: VK documentation, `docs.getWallUploadServer`. The community's own token may do it. */
export class VkDocuments {
  constructor(private readonly flow: VkUploadFlow) {}

  /** Returns `doc<owner>_<id>[_<access key>]`. */
  async upload(page: PageRef, credentials: Credentials, document: DocumentUpload): Promise<CallOutcome<string>> {
    if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
    const problem = documentProblem(VK_TITLE, VK_LIMITS, document);
    if (problem !== undefined) return { kind: 'refused', reason: problem };
    const chosen = communityToken(credentials);
    if ('refused' in chosen) return chosen.refused;
    return this.flow.run(() => this.steps(page.externalId, chosen.token, document));
  }

  private async steps(groupId: string, token: string, document: DocumentUpload): Promise<Step<string>> {
    const server = await this.flow.call('docs.getWallUploadServer', { group_id: groupId }, token);
    if ('failure' in server) return server;
    // VK tells a document's kind by the end of its name.
    const fileName = `document.${DOCUMENT_EXTENSIONS[document.type]}`;
    const file = { field: 'file', fileName, type: document.type, bytes: document };
    const uploaded = await this.flow.hand(record(server.value)?.['upload_url'], file, uploadTimeoutMs(document.size));
    if ('failure' in uploaded) return uploaded;
    if (uploaded.value['error'] !== undefined || uploaded.value['file'] === '') return rejected();
    const { file: stored } = uploaded.value;
    if (typeof stored !== 'string') return broken('malformed upload answer');

    const saved = await this.flow.call('docs.save', { file: stored, title: document.title }, token);
    if ('failure' in saved) return saved;
    const attachment = attachmentOf('doc', record(record(saved.value)?.['doc']));
    return attachment === undefined ? broken('malformed document') : { value: attachment };
  }
}

function rejected(): Step<never> {
  const message = 'сеть не приняла документ. Сохраните его как PDF и загрузите снова.';
  return { failure: refusal(VK_TITLE, 'document-rejected', message), restart: true };
}
