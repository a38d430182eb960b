/** When the scripted call does what it was asked to do. */
export type ScriptedEffect =
  | 'now'
  | 'none'
  /** The network itself does it twice. */
  | 'twice'
  /** After so many milliseconds of the sandbox's clock, or, with null, when told. */
  | { lateMs: number | null };

export type ScriptedAnswer =
  | { kind: 'normal' }
  | { kind: 'rejected'; code: number; message?: string; subcode?: number; fields?: Record<string, unknown> }
  | { kind: 'dropped' }
  | { kind: 'hung' }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'html' }
  | { kind: 'truncated' }
  | { kind: 'cut' }
  | { kind: 'empty' }
  | { kind: 'null' }
  | { kind: 'redirected'; to: string; status: number }
  /** The given value stands where the network's own success value would be. */
  | { kind: 'replaced'; value: unknown }
  /** The network's own success value with these fields overwritten. */
  | { kind: 'patched'; fields: Record<string, unknown> };

export interface Script {
  method: string;
  /** How many calls it still meets; null = every call until cleared. */
  times: number | null;
  effect: ScriptedEffect;
  delayMs: number;
  answer: ScriptedAnswer;
}

export function plainScript(method: string): Script {
  return { method, times: 1, effect: 'now', delayMs: 0, answer: { kind: 'normal' } };
}
