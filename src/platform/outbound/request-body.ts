import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

/** Bytes that are read while they are sent, because they may be too many for the memory. */
export interface StreamedBytes {
  readonly size: number;
  readonly open: () => Promise<Readable>;
}

/** One file of a multipart request. */
export interface FilePart {
  readonly field: string;
  readonly fileName: string;
  readonly type: string;
  readonly bytes: Uint8Array | StreamedBytes;
}

export type OutboundBody =
  | { readonly kind: 'none' }
  /** Bytes that were written, and signed, before. */
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'multipart'; readonly fields: Readonly<Record<string, string>>; readonly files: readonly FilePart[] };

export interface EncodedBody {
  readonly contentType?: string;
  readonly length?: number;
  readonly bytes?: Buffer | Readable;
}

/**
 * The length is known before the first byte leaves. The whole body is in memory, so that the write needs no further step
 * of ours that could fail half-way, unless a file in it is streamed: that is for uploads, which have no public effect.
 */
export function encodeBody(body: OutboundBody): EncodedBody {
  if (body.kind === 'none') return {};
  if (body.kind === 'json') {
    const bytes = Buffer.from(body.text, 'utf8');
    return { contentType: 'application/json', length: bytes.length, bytes };
  }
  if (body.kind === 'form') {
    const bytes = Buffer.from(new URLSearchParams({ ...body.fields }).toString(), 'ascii');
    return { contentType: 'application/x-www-form-urlencoded', length: bytes.length, bytes };
  }
  const boundary = `----vestnik${randomBytes(16).toString('hex')}`;
  const contentType = `multipart/form-data; boundary=${boundary}`;
  const parts = partsOf(body, boundary);
  const length = parts.reduce((sum, part) => sum + sizeOf(part), 0);
  const whole = parts.filter((part) => part instanceof Uint8Array);
  if (whole.length === parts.length) return { contentType, length, bytes: Buffer.concat(whole) };
  return { contentType, length, bytes: Readable.from(inOrder(parts), { objectMode: false }) };
}

type Part = FilePart['bytes'];

function partsOf(body: Extract<OutboundBody, { kind: 'multipart' }>, boundary: string): Part[] {
  const parts: Part[] = [];
  for (const [name, value] of Object.entries(body.fields)) {
    parts.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`));
  }
  for (const file of body.files) {
    const disposition = `form-data; name="${quoted(file.field)}"; filename="${quoted(file.fileName)}"`;
    parts.push(Buffer.from(`--${boundary}\r\ncontent-disposition: ${disposition}\r\ncontent-type: ${file.type}\r\n\r\n`));
    parts.push(file.bytes, Buffer.from('\r\n'));
  }
  return [...parts, Buffer.from(`--${boundary}--\r\n`)];
}

function sizeOf(part: Part): number {
  return part instanceof Uint8Array ? part.length : part.size;
}

async function* inOrder(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Uint8Array) yield part;
    else yield* (await part.open()) as AsyncIterable<Uint8Array>;
  }
}

/** WHATWG form encoding of a quoted name: the three characters that would end the header or the quotes. */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
