import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Lines of JSON, each on disk before `append` returns: what a client was told must outlive whoever told it. */
export class Journal {
  constructor(path, { flush = true } = {}) {
    this.file = openSync(path, 'a');
    this.flush = flush;
    this.count = 0;
  }

  append(entry) {
    if (this.file === null) return;
    this.count += 1;
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
    if (this.flush) fsyncSync(this.file);
  }

  close() {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }
}

export function readLines(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
