import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * Tokens that we store only as a hash. Each carries its contractor's id, so it can be looked up inside that tenant:
 * no cross-tenant search exists for them.
 */

export interface ParsedToken {
  readonly contractorId: string;
  readonly hash: string;
}

const UUID_HEX = /^[0-9a-f]{32}$/;

/** `<contractor id as hex>.<secret>` for refresh tokens and invitations. */
export function composeToken(contractorId: string, secret: string): string {
  return `${contractorId.replaceAll('-', '')}.${secret}`;
}

export function parseToken(token: string): ParsedToken | undefined {
  const [contractor, secret, ...rest] = token.split('.');
  if (!contractor || !secret || rest.length > 0 || !UUID_HEX.test(contractor)) return undefined;
  return { contractorId: hexToUuid(contractor), hash: sha256(token) };
}

/** The only successor that a refresh token can have: a repeated refresh gets the same one, so there is one live leaf. */
export function successorOf(token: string, contractorId: string, key: string): string {
  const secret = createHmac('sha256', key).update(`refresh token after ${token}`).digest('base64url');
  return composeToken(contractorId, secret);
}

const KEY_PREFIX = 'vst_live_';

/** `vst_live_<contractor id>_<secret>_<crc32>`: scanners recognise it, and a mistyped key is refused without a query. */
export function composeApiKey(contractorId: string, secret: string): string {
  const body = `${KEY_PREFIX}${contractorId.replaceAll('-', '')}_${secret}`;
  return `${body}_${checksum(body)}`;
}

export function looksLikeApiKey(value: string): boolean {
  return value.startsWith(KEY_PREFIX);
}

export function parseApiKey(key: string): ParsedToken | undefined {
  const match = /^(vst_live_([0-9a-f]{32})_[\w-]{43})_([0-9a-f]{8})$/.exec(key);
  if (!match || checksum(match[1]!) !== match[3]) return undefined;
  return { contractorId: hexToUuid(match[2]!), hash: sha256(key) };
}

/** What a person sees of a key afterwards, to tell keys apart. */
export function apiKeyPrefix(key: string): string {
  return key.slice(0, KEY_PREFIX.length + 32 + 1 + 6);
}

export function sha256(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}

function checksum(value: string): string {
  return crc32(value).toString(16).padStart(8, '0');
}

function hexToUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
