/** The network says no in its own error envelope. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly subcode?: number,
    readonly fields: Record<string, unknown> = {},
  ) {
    super(message);
  }
}
