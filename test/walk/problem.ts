import type { Answer, Loose } from '../harness/api-client.js';
import type { Operation } from './operations.js';

/** What is wrong with an answer as an error of this operation; empty when it is as the document says. */
export function problemFaults(one: Operation, { status, headers, body }: Answer<Loose>): string[] {
  const faults: string[] = [];
  if (status < 400 || status > 499) return [`${one.name}: is not refused (${status} ${JSON.stringify(body)})`];
  const expect = (holds: boolean, words: string) =>
    holds ? undefined : faults.push(`${one.name}: ${words} (${status} ${JSON.stringify(body)})`);
  expect(/^application\/problem\+json; charset=utf-8$/.test(headers['content-type'] ?? ''), 'is not problem+json');
  expect(body?.status === status, 'names another status');
  expect(body?.type === `urn:vestnik:problem:${body?.code}`, 'names another type');
  expect(one.codes(status).includes(body?.code), `has a code that the document does not list for ${status}`);
  expect(typeof body?.requestId === 'string', 'has no requestId');
  return faults;
}

export function fieldsNamed(body: Loose): string[] {
  return ((body?.fields ?? []) as { field: string }[]).map(({ field }) => field);
}
