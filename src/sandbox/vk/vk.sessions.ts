import { createHash } from 'node:crypto';
import type { VkToken } from './vk.model.js';
import type { VkSettings } from './vk.settings.js';
import type { VkTokens } from './vk.tokens.js';

/** What a person consented to in VK ID: good for fresh access tokens until it runs out or is taken back. */
export interface VkSession {
  label: string;
  clientId: string;
  deviceId: string;
  userId: number;
  mask: number;
  granted: boolean;
}

/** One step of a session: the access token and the refresh token that were given out together. */
export interface VkIdTokens {
  session: VkSession;
  access: VkToken;
  refreshToken: string;
  refreshUntil: Date;
}

/** Sessions of VK ID by their refresh tokens, of which each is good once. */
export class VkSessions {
  private readonly current = new Map<string, VkIdTokens>();
  private given = 0;

  constructor(
    private readonly seed: string,
    private readonly tokens: VkTokens,
    private readonly settings: VkSettings,
  ) {}

  start(session: VkSession, at: Date): VkIdTokens {
    this.given += 1;
    const refreshToken = `vk2.r.${createHash('sha256').update(`${this.seed}:refresh:${this.given}`).digest('base64url')}`;
    const { label, userId, mask, granted } = session;
    const expiresAt = new Date(at.getTime() + this.settings.vkIdAccessLifeMs);
    const access = this.tokens.issue({ kind: 'vkId', userId, mask, granted, label, expiresAt });
    const refreshUntil = new Date(at.getTime() + this.settings.vkIdRefreshLifeMs);
    const given = { session, access, refreshToken, refreshUntil };
    this.current.set(refreshToken, given);
    return given;
  }

  find(refreshToken: string): VkIdTokens | null {
    return this.current.get(refreshToken) ?? null;
  }

  /** The old refresh token is spent, whether or not the answer with the new one arrives. */
  rotate(spent: VkIdTokens, at: Date): VkIdTokens {
    this.current.delete(spent.refreshToken);
    if (this.settings.refreshEndsOldAccess) spent.access.revoked = true;
    return this.start(spent.session, at);
  }

  /** Says whether there was anything to end. */
  end(label: string): boolean {
    const ended = [...this.current.values()].filter(({ session }) => session.label === label);
    for (const { refreshToken } of ended) this.current.delete(refreshToken);
    return ended.length > 0;
  }
}
