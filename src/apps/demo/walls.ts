import { Failure } from '../lifetime.js';

/** What the public sees at a permalink. */
export interface SeenPost {
  readonly address: string;
  readonly photoUrls: readonly string[];
}

/** The public side of the networks, read over HTTP as any visitor would. */
export class Walls {
  constructor(
    private readonly wallsUrl: string,
    private readonly stop: AbortSignal,
  ) {}

  /** Where the sandbox shows what the live network would show at a permalink. */
  addressOf(permalink: string): string {
    return this.wallsUrl + new URL(permalink).pathname;
  }

  /** @throws Failure unless the post stands there with this text and this number of photos */
  async see(permalink: string, text: string, photos: number): Promise<SeenPost> {
    const address = this.addressOf(permalink);
    const page = await this.read(address);
    if (!page.includes(text)) throw new Failure(`${address} does not show the text "${text}"`);
    const photoUrls = [...page.matchAll(/<img src="([^"]+)"/g)].map(([, url]) => new URL(url!, address).href);
    if (photoUrls.length !== photos) throw new Failure(`${address} shows ${photoUrls.length} photos instead of ${photos}`);
    return { address, photoUrls };
  }

  /** @throws Failure when a text stands on a wall */
  async lacks(wallPath: string, text: string): Promise<void> {
    const address = this.wallsUrl + wallPath;
    if ((await this.read(address)).includes(text)) throw new Failure(`${address} shows the text "${text}"`);
  }

  async picture(url: string): Promise<Buffer> {
    const answer = await fetch(url, { signal: this.stop });
    if (!answer.ok) throw new Failure(`${url} answered ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  private async read(address: string): Promise<string> {
    const answer = await fetch(address, { signal: this.stop });
    if (!answer.ok) throw new Failure(`${address} answered ${answer.status}`);
    return answer.text();
  }
}
