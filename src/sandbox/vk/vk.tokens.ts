import { createHash } from 'node:crypto';
import type { VkToken, VkTokenKind } from './vk.model.js';
import { badToken, expiredToken, noToken, tooManyPerSecond } from './vk.refusals.js';
import type { VkSettings } from './vk.settings.js';

const PREFIX: Record<VkTokenKind, string> = { community: 'vk1.a.', user: 'vk1.a.', vkId: 'vk2.a.', service: '' };

export interface NewVkToken {
  kind: VkTokenKind;
  groupId?: number;
  userId?: number;
  mask: number;
  granted?: boolean;
  expiresAt?: Date | null;
  label?: string;
  token?: string;
}

/** Tokens and how often each was used within the last second. */
export class VkTokens {
  private readonly byToken = new Map<string, VkToken>();
  private readonly recentCalls = new Map<VkToken, number[]>();
  private issued = 0;

  constructor(
    private readonly seed: string,
    private readonly settings: VkSettings,
  ) {}

  issue(wanted: NewVkToken): VkToken {
    this.issued += 1;
    const label = wanted.label ?? `vk-${wanted.kind}-${wanted.groupId ?? wanted.userId ?? 'app'}-${this.issued}`;
    const token: VkToken = {
      token: wanted.token ?? `${PREFIX[wanted.kind]}${digest(`${this.seed}:${label}:${this.issued}`)}`,
      label,
      kind: wanted.kind,
      groupId: wanted.groupId ?? null,
      userId: wanted.userId ?? null,
      mask: wanted.mask,
      granted: wanted.granted ?? false,
      expiresAt: wanted.expiresAt ?? null,
      revoked: false,
    };
    this.byToken.set(token.token, token);
    return token;
  }

  /** A session keeps its label when it is renewed; the label then means its latest token. */
  find(tokenOrLabel: string): VkToken | null {
    return this.byToken.get(tokenOrLabel) ?? this.all().findLast(({ label }) => label === tokenOrLabel) ?? null;
  }

  all(): VkToken[] {
    return [...this.byToken.values()];
  }

  authenticate(presented: string | null, at: Date): VkToken {
    if (!presented) throw noToken();
    const token = this.byToken.get(presented);
    if (!token || token.revoked) throw badToken();
    if (token.expiresAt !== null && token.expiresAt <= at) throw expiredToken();
    return token;
  }

  /** A window that slides: refused calls do not count. */
  spend(token: VkToken, at: Date): void {
    const kind = token.kind === 'vkId' ? 'user' : token.kind;
    const now = at.getTime();
    const recent = (this.recentCalls.get(token) ?? []).filter((time) => time > now - 1000);
    if (recent.length >= this.settings.perSecond[kind]) throw tooManyPerSecond();
    this.recentCalls.set(token, [...recent, now]);
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
