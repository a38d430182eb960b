import type { Readable } from 'node:stream';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { IncomingFile, TooLong } from './incoming-file.js';
import { MEDIA_BYTES } from './media.js';

type MultipartRequest = FastifyRequest & { isMultipart(): boolean; file(): Promise<MultipartFile | undefined> };

/** The one file of a `multipart/form-data` request, in the field `file`, while it is still coming in. */
export const MediaFile = createParamDecorator(async (_: unknown, context: ExecutionContext): Promise<IncomingFile> => {
  const request = context.switchToHttp().getRequest<MultipartRequest>();
  if (!request.isMultipart()) throw missing('Send multipart/form-data with the file in the field "file"');
  const part = await request.file();
  if (!part || part.fieldname !== 'file') {
    part?.file.resume();
    throw missing('The file belongs into the field "file"');
  }
  return new IncomingFile(displayName(part.filename), whole(part.file));
});

/** The server cuts what is longer than anything that is taken; half a file is none. */
async function* whole(file: Readable & { truncated: boolean }): AsyncGenerator<Uint8Array> {
  yield* file as AsyncIterable<Uint8Array>;
  if (file.truncated) throw new TooLong();
}

export function TakesMedia(): MethodDecorator {
  const sizes = Object.values(MEDIA_BYTES).map((bytes) => `${bytes / 1024 / 1024} MiB`);
  const description =
    `A photo (JPEG, PNG or WebP, at most ${sizes[0]}), a video (MP4, MOV or WebM, at most ${sizes[1]}) ` +
    `or a document (PDF, DOCX, XLSX, PPTX, ODT, ODS or ODP, at most ${sizes[2]})`;
  return applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({
      required: true,
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary', description } },
      },
    }),
  );
}

/** For people only: it never becomes a path. */
function displayName(name: string | undefined): string {
  const clean = (name ?? '')
    .normalize('NFC')
    .replaceAll(/[\p{C}/\\]/gu, '')
    .trim();
  return clean.slice(0, 200) || 'file';
}

function missing(reason: string): Error {
  return new RequestInvalid({ fields: [{ field: 'file', reason }] });
}
