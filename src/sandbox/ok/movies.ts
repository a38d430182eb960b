import type { OkCall } from './ok.call.js';
import type { OkMovie } from './ok.model.js';
import { badParam, notFound } from './ok.refusals.js';
import type { UploadUrl } from './photos.js';

const LONGEST = { title: 1000, description: 4000, tags: 1000 } as const;

/** Gives out the id of the movie before its file comes. */
export function getVideoUploadUrl(call: OkCall, uploadUrl: UploadUrl): unknown {
  call.assertGranted('VALUABLE_ACCESS', 'VIDEO_CONTENT');
  const group = call.group();
  call.assertRuns(group);
  const { uploadLifeMs, videoIdsAsNumbers } = call.state.settings;
  const movie: OkMovie = {
    id: call.state.nextMovieId(),
    groupId: group.id,
    title: call.required('file_name'),
    declaredBytes: readDeclaredBytes(call),
    asForm: call.text('post_form') === 'true',
    uploadUntil: new Date(call.at.getTime() + uploadLifeMs),
    arrived: false,
    described: false,
  };
  const key = call.state.opaque('video-upload').replace(/\W/g, '');
  call.state.moviesById.set(movie.id, movie);
  call.state.moviesByUpload.set(key, movie);
  return { video_id: videoIdsAsNumbers ? Number(movie.id) : movie.id, upload_url: uploadUrl(key) };
}

/** What it answers is not documented: null is the least that a client can be given. */
export function updateVideo(call: OkCall): null {
  call.assertGranted('VALUABLE_ACCESS', 'VIDEO_CONTENT');
  const movie = call.state.moviesById.get(call.required('vid'));
  const group = movie && call.state.groups.get(movie.groupId);
  if (!movie || !group) throw notFound('video');
  call.assertRuns(group);
  for (const [name, most] of Object.entries(LONGEST)) {
    if (call.text(name).length > most) throw badParam(`${name} is longer than ${most}`);
  }
  if (!movie.arrived) throw badParam('the file of the video has not come');
  movie.title = call.text('title') || movie.title;
  movie.described = true;
  call.markChanged(group.id);
  return null;
}

/** Null for a movie that cannot stand in a topic of the group: unknown, another group's, without its file or not updated. */
export function usableMovie(call: OkCall, groupId: string, id: string): OkMovie | null {
  const movie = call.state.moviesById.get(id);
  return movie?.groupId === groupId && movie.arrived && movie.described ? movie : null;
}

/** 0: the size is not known yet. */
function readDeclaredBytes(call: OkCall): number {
  const { smallestVideoBytes, largestVideoBytes } = call.state.settings;
  const raw = call.required('file_size');
  const bytes = Number(raw);
  if (!/^\d{1,15}$/.test(raw)) throw badParam('file_size should be a number');
  if (bytes !== 0 && (bytes < smallestVideoBytes || bytes > largestVideoBytes)) throw badParam('file_size is out of bounds');
  return bytes;
}
