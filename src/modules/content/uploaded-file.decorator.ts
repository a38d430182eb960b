import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { BodyTooLarge, RequestInvalid } from '../../platform/http/http.errors.js';
import type { UploadedFile } from './media.service.js';

type MultipartRequest = FastifyRequest & { isMultipart(): boolean; file(): Promise<MultipartFile | undefined> };

/** The one file of a `multipart/form-data` request, in the field `file`. */
export const PhotoFile = createParamDecorator(async (_: unknown, context: ExecutionContext): Promise<UploadedFile> => {
  const request = context.switchToHttp().getRequest<MultipartRequest>();
  if (!request.isMultipart()) throw missing('Send multipart/form-data with the photo in the field "file"');
  const part = await request.file();
  if (!part || part.fieldname !== 'file') throw missing('The photo belongs into the field "file"');
  try {
    return { name: displayName(part.filename), bytes: await part.toBuffer() };
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_REQ_FILE_TOO_LARGE') throw error;
    throw new BodyTooLarge({ fields: [{ field: 'file', reason: 'The photo is too large: at most 20 MiB' }] });
  }
});

export function TakesPhoto(): MethodDecorator {
  return applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({
      required: true,
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary', description: 'JPEG, PNG or WebP, at most 20 MiB' } },
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
  return clean.slice(0, 200) || 'photo';
}

function missing(reason: string): Error {
  return new RequestInvalid({ fields: [{ field: 'file', reason }] });
}
