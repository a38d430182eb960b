import { type Link, signLink, verifyLink } from './signed-link.js';

/** Signs and checks links of this installation. */
export class SignedLinks {
  /** @param secret at least 32 characters @param publicUrl where the installation is reached, without a slash at its end */
  constructor(
    private readonly secret: string,
    readonly publicUrl: string,
  ) {}

  sign(link: Link): string {
    return signLink(link, this.secret);
  }

  /** A tampered token, another purpose and another secret all look alike: `forged`. */
  verify(token: string, purpose: string, now: Date): ReturnType<typeof verifyLink> {
    return verifyLink(token, purpose, this.secret, now);
  }
}
