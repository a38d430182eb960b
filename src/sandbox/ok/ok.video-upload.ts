import type { NetworkCall } from '../calls/network-call.js';
import type { Inbound } from '../wire/inbound.js';
import { jsonReply, textReply, type Reply } from '../wire/reply.js';
import type { OkMovie } from './ok.model.js';
import { badParam, notFound, notMultipart, uploadSizeLimit } from './ok.refusals.js';
import type { OkState } from './ok.state.js';

/** The upload of a movie: one file in a form, under any name, or the bare bytes, as was asked for with the address. */
export function readOkVideoUpload(state: OkState, inbound: Inbound): NetworkCall | null {
  const key = /^\/ok\/upload\/(\w+)$/.exec(inbound.path)?.[1] ?? '';
  const movie = state.moviesByUpload.get(key);
  if (!movie) return null;
  return {
    network: 'ok',
    method: 'upload.video',
    tokenLabel: null,
    params: { file: `${movie.id}:${inbound.body.length}` },
    perform: (at) => ({ value: receive(state, movie, inbound, at), changed: false, touched: null }),
    encodeSuccess: encodeAnswer,
    encodeRefusal: (refusal) =>
      jsonReply({ error_code: refusal.code, error_msg: refusal.message, error_data: null, ...refusal.fields }),
  };
}

function receive(state: OkState, movie: OkMovie, inbound: Inbound, at: Date): unknown {
  const { smallestVideoBytes, largestVideoBytes, videoUploadAnswer } = state.settings;
  if (movie.uploadUntil <= at) throw notFound('upload address');
  const bytes = contentOf(movie, inbound).length;
  if (bytes < smallestVideoBytes || bytes > largestVideoBytes) throw uploadSizeLimit();
  if (movie.declaredBytes !== 0 && movie.declaredBytes !== bytes) throw badParam('the file has another size than was declared');
  movie.arrived = true;
  return videoUploadAnswer;
}

function contentOf(movie: OkMovie, inbound: Inbound): Buffer {
  const isForm = /^multipart\/form-data/i.test(inbound.headers['content-type'] ?? '');
  if (!movie.asForm && !isForm) return inbound.body;
  if (!movie.asForm) throw badParam('a form was sent to an address without post_form');
  if (!isForm) throw notMultipart();
  const [file, ...others] = inbound.files;
  if (!file || others.length > 0) throw badParam('exactly one file was expected');
  return file.content;
}

function encodeAnswer(value: unknown): Reply {
  return typeof value === 'string' ? textReply(value, 'text/xml; charset=utf-8') : jsonReply(value ?? null);
}
