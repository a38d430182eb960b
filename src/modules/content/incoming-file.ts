import { createHash } from 'node:crypto';

/** Thrown to whoever reads a file that is longer than it may be. */
export class TooLong extends Error {}

/** A file on its way in. It is read once, from its beginning to its end, and never needs to be in memory as a whole. */
export class IncomingFile {
  private readonly source: AsyncIterator<Uint8Array>;
  private readonly hash = createHash('sha256');
  private held: Uint8Array = new Uint8Array();
  private length = 0;

  constructor(
    readonly name: string,
    source: AsyncIterable<Uint8Array>,
  ) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Looks at the first `atLeast` bytes, or at all when there are fewer; they are read again with the rest. */
  async beginning(atLeast: number): Promise<Uint8Array> {
    const pieces = [this.held];
    for (let length = this.held.length; length < atLeast;) {
      const { done, value } = await this.source.next();
      if (done) break;
      pieces.push(value);
      length += value.length;
    }
    this.held = Buffer.concat(pieces);
    return this.held;
  }

  /** All bytes, in pieces. @throws TooLong at the first byte after `most` */
  async *read(most: number): AsyncGenerator<Uint8Array> {
    for (let piece: Uint8Array | undefined = this.held; piece; piece = await this.next()) {
      this.length += piece.length;
      if (this.length > most) throw new TooLong();
      this.hash.update(piece);
      yield piece;
    }
  }

  /** Of what was read. */
  measured(): { bytes: number; sha256: string } {
    return { bytes: this.length, sha256: this.hash.digest('hex') };
  }

  /** Reads what is left and throws it away: whoever is still sending would not read our answer. */
  async discard(): Promise<void> {
    try {
      while (await this.next());
    } catch {
      // The sender is gone, or sends too much: nobody waits for the rest.
    }
  }

  private async next(): Promise<Uint8Array | undefined> {
    const { done, value } = await this.source.next();
    return done ? undefined : value;
  }
}
