import { StorageFull, StorageTampered } from './storage.errors.js';

/** Our word for what the file system answered; what has none stays as it is. */
export function failureOf(error: unknown): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StorageFull();
    case 'ELOOP':
    case 'ENOTDIR':
      return new StorageTampered();
    default:
      return error;
  }
}

/** For `.catch`: what is not there is an answer, everything else stays an error. */
export function undefinedWhenAbsent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
