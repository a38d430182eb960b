import { randomBytes } from 'node:crypto';

/** One file of a multipart request. */
export interface FilePart {
  readonly field: string;
  readonly fileName: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export type OutboundBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'multipart'; readonly fields: Readonly<Record<string, string>>; readonly files: readonly FilePart[] };

export interface EncodedBody {
  readonly contentType?: string;
  readonly bytes?: Buffer;
}

/**
 * The whole body in memory: its length is known before the first byte leaves, and the write needs no further step
 * of ours that could fail half-way.
 */
export function encodeBody(body: OutboundBody): EncodedBody {
  if (body.kind === 'none') return {};
  if (body.kind === 'form') {
    return {
      contentType: 'application/x-www-form-urlencoded',
      bytes: Buffer.from(new URLSearchParams({ ...body.fields }).toString(), 'ascii'),
    };
  }
  const boundary = `----vestnik${randomBytes(16).toString('hex')}`;
  const chunks: Uint8Array[] = [];
  for (const [name, value] of Object.entries(body.fields)) {
    chunks.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`));
  }
  for (const file of body.files) {
    const disposition = `form-data; name="${quoted(file.field)}"; filename="${quoted(file.fileName)}"`;
    chunks.push(Buffer.from(`--${boundary}\r\ncontent-disposition: ${disposition}\r\ncontent-type: ${file.type}\r\n\r\n`));
    chunks.push(file.bytes, Buffer.from('\r\n'));
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.concat(chunks) };
}

/** WHATWG form encoding of a quoted name: the three characters that would end the header or the quotes. */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
