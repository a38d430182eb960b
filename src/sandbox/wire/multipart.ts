export interface UploadedFile {
  field: string;
  name: string;
  contentType: string;
  content: Buffer;
}

export interface MultipartBody {
  fields: [string, string][];
  files: UploadedFile[];
}

const HEADER_END = Buffer.from('\r\n\r\n');

export function parseMultipart(body: Buffer, contentType: string): MultipartBody {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  const parsed: MultipartBody = { fields: [], files: [] };
  if (!mark) return parsed;
  for (const part of partsBetween(body, Buffer.from(`--${mark}`))) addPart(parsed, part);
  return parsed;
}

function* partsBetween(body: Buffer, delimiter: Buffer): Generator<Buffer> {
  let start = body.indexOf(delimiter);
  while (start !== -1) {
    const next = body.indexOf(delimiter, start + delimiter.length);
    if (next === -1) return;
    // Between two delimiters stand CRLF, the part, CRLF.
    yield body.subarray(start + delimiter.length + 2, next - 2);
    start = next;
  }
}

function addPart(parsed: MultipartBody, part: Buffer): void {
  const end = part.indexOf(HEADER_END);
  if (end === -1) return;
  const headers = part.subarray(0, end).toString('utf8');
  const content = part.subarray(end + HEADER_END.length);
  const disposition = /content-disposition:[^\r\n]*/i.exec(headers)?.[0] ?? '';
  const field = parameter(disposition, 'name');
  if (field === undefined) return;
  const name = parameter(disposition, 'filename');
  if (name === undefined) {
    parsed.fields.push([field, content.toString('utf8')]);
    return;
  }
  const type = /content-type:\s*([^\r\n]+)/i.exec(headers)?.[1] ?? 'application/octet-stream';
  parsed.files.push({ field, name, contentType: type, content });
}

function parameter(disposition: string, name: string): string | undefined {
  const [, quoted, bare] = new RegExp(`[;\\s]${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]+))`, 'i').exec(disposition) ?? [];
  return quoted ?? bare;
}
