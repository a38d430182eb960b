import type { Script, ScriptedAnswer, ScriptedEffect } from '../scripts/script.js';
import { BadControlRequest, Body } from './body.js';

/** Fields that each kind of answer must have, and may have. */
const ANSWER_FIELDS: Record<ScriptedAnswer['kind'], { must: readonly string[]; may: readonly string[] }> = {
  normal: { must: [], may: [] },
  rejected: { must: ['code'], may: ['message', 'subcode', 'fields'] },
  dropped: { must: [], may: [] },
  hung: { must: [], may: [] },
  status: { must: ['status'], may: ['headers', 'body'] },
  html: { must: [], may: [] },
  truncated: { must: [], may: [] },
  cut: { must: [], may: [] },
  empty: { must: [], may: [] },
  null: { must: [], may: [] },
  redirected: { must: ['to'], may: ['status'] },
  replaced: { must: ['value'], may: [] },
  patched: { must: ['fields'], may: [] },
};

const WITHOUT_EFFECT_BY_DEFAULT = new Set<ScriptedAnswer['kind']>(['rejected', 'redirected']);

export function readScript(body: Body): Script {
  body.assertOnly('network', 'method', 'times', 'effect', 'delayMs', 'answer');
  const answer = readAnswer(body.value('answer'));
  const standardEffect = WITHOUT_EFFECT_BY_DEFAULT.has(answer.kind) ? 'none' : 'now';
  return {
    method: body.text('method'),
    times: body.value('times') === null ? null : (body.optionalNumber('times') ?? 1),
    delayMs: body.optionalNumber('delayMs') ?? 0,
    effect: readEffect(body.value('effect') ?? standardEffect),
    answer,
  };
}

function readEffect(value: unknown): ScriptedEffect {
  if (value === 'now' || value === 'none' || value === 'twice') return value;
  const body = Body.of(value);
  body.assertOnly('lateMs');
  return { lateMs: body.value('lateMs') === null ? null : body.number('lateMs') };
}

function readAnswer(value: unknown): ScriptedAnswer {
  if (value === undefined) return { kind: 'normal' };
  const body = Body.of(value);
  const kind = body.text('kind');
  if (!isKind(kind)) throw new BadControlRequest(`answer.kind should be one of ${Object.keys(ANSWER_FIELDS).join(', ')}`);
  const { must, may } = ANSWER_FIELDS[kind];
  body.assertOnly('kind', ...must, ...may);
  const missing = must.find((name) => body.value(name) === undefined);
  if (missing !== undefined) throw new BadControlRequest(`answer.${missing} is missing`);
  const standard = kind === 'redirected' ? { status: 307 } : {};
  return { ...standard, ...(value as ScriptedAnswer) };
}

function isKind(kind: string): kind is ScriptedAnswer['kind'] {
  return kind in ANSWER_FIELDS;
}
