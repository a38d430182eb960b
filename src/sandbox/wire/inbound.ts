import type { IncomingMessage } from 'node:http';
import { parseMultipart, type UploadedFile } from './multipart.js';

export type Params = Readonly<Record<string, string>>;

/** A request with its query and body already taken apart. */
export interface Inbound {
  verb: string;
  path: string;
  query: URLSearchParams;
  rawQueryBytes: number;
  headers: IncomingMessage['headers'];
  form: URLSearchParams;
  files: readonly UploadedFile[];
  body: Buffer;
}

const LARGEST_BODY_BYTES = 256 * 1024 * 1024;

export async function readInbound(request: IncomingMessage): Promise<Inbound> {
  const url = new URL(request.url ?? '/', 'http://sandbox.invalid');
  const body = await readBody(request);
  const contentType = request.headers['content-type'] ?? '';
  const inbound: Inbound = {
    verb: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    rawQueryBytes: Buffer.byteLength(url.search),
    headers: request.headers,
    form: new URLSearchParams(),
    files: [],
    body,
  };
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    inbound.form = new URLSearchParams(body.toString('utf8'));
  } else if (contentType.startsWith('multipart/form-data')) {
    const parts = parseMultipart(body, contentType);
    inbound.form = new URLSearchParams(parts.fields);
    inbound.files = parts.files;
  }
  return inbound;
}

/** Query and form as one set of parameters; the body wins, as both networks let it. */
export function paramsOf(inbound: Inbound): Params {
  return Object.fromEntries([...inbound.query, ...inbound.form]);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) throw new Error('The body is larger than the sandbox keeps in memory');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
