import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signUp, type Person } from '../builders/people.js';
import type { Answer, Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { rowCounts } from '../harness/tenant-rows.js';
import {
  addressOf,
  bodyAround,
  bodyOf,
  type Field,
  fieldsOf,
  type Operation,
  OPERATIONS,
  OPERATIONS_WITH_BODY,
  shownIn,
  withField,
  SECRET_PARAMETERS,
} from './operations.js';
import { fieldsNamed, problemFaults } from './problem.js';
import { spoiltValues } from './spoilt-values.js';

const LISTS = OPERATIONS.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'));
const WITH_IDS = OPERATIONS.filter(({ parameters }) =>
  parameters.some((one) => (one.in === 'path' && !SECRET_PARAMETERS.includes(one.name)) || one.schema.format === 'uuid'),
);

/** Fields that nobody may set: who owns it, who it is, how far it is, who approved it, when. */
const NOT_YOURS: Readonly<Record<string, unknown>> = {
  ...{ contractorId: randomUUID(), contractor_id: randomUUID(), id: randomUUID(), status: 'approved', role: 'owner', version: 7 },
  ...{
    approvedBy: randomUUID(),
    approvedHash: 'a'.repeat(64),
    createdAt: '2020-01-01T00:00:00Z',
    updatedAt: '2020-01-01T00:00:00Z',
  },
  ...{ permissions: ['members.manage'], side: 'agency', state: 'published', authorId: randomUUID(), passwordHash: 'x' },
};

const CONTENT_TYPES = [
  ...['text/plain', 'text/json', 'application/xml', 'text/html', 'application/x-www-form-urlencoded', 'application/jsonp'],
  ...['application/javascript', 'application/vnd.api+json', 'application/problem+json', 'application/octet-stream', '*/*'],
  ...['multipart/form-data', 'multipart/form-data; boundary=x', 'application', 'application\\json', 'application/json/../x'],
  ...['json', 'null', 'application/json,text/plain', 'application/x-json', 'application/graphql', ' '],
];

const HEADERS = [
  ...['3', '"x"', 'x', '""', '"-1"', '"99999999999"', '"1", "2"'].map((value) => ['If-Match', value] as const),
  ...['', 'two words', 'x'.repeat(256)].map((value) => ['Idempotency-Key', value] as const),
];

/** Fields of which every impossible value has been sent. */
const tried = new Set<string>();
const cells = { unknown: 0, missing: 0, wrong: 0, ids: 0, malformed: 0, queries: 0 };

describe('what is not valid is refused by name and writes nothing', () => {
  let harness: Harness;
  let owner: Person;
  let before: object;

  beforeAll(async () => {
    harness = await Harness.start();
    owner = (await signUp(harness.api)).owner;
    before = await rowCounts(harness);
  });
  afterAll(async () => {
    await harness.close();
    process.stderr.write(`validation: ${JSON.stringify(cells)}\n`);
  });

  const nobodys = () => randomUUID();
  /** What stands in an address beside ids must be good, or its own fault is named. */
  const shownOrNobodys = (one: Operation) => (name: string) => shownIn(one, name) ?? nobodys();
  const beyondLimit = ({ parameters }: Operation) => String(parameters.find(({ name }) => name === 'limit')!.schema.maximum! + 1);

  /** A request about nothing that exists, so that even a wrong body that is taken changes nothing. */
  function send(one: Operation, body: object | string | undefined, headers: Record<string, string> = {}): Promise<Answer<Loose>> {
    return owner.api.call(
      one.method,
      addressOf(one, (name) => shownIn(one, name) ?? nobodys()),
      body,
      { headers, unchecked: one.takesFile },
    );
  }

  /** Refused as the document says, with status 400, naming this field and no other. */
  function faults(one: Operation, what: string, field: string, answer: Answer<Loose>): string[] {
    const named = fieldsNamed(answer.body);
    const right = answer.status === 400 && named.length > 0 && named.every((name) => isAbout(field, name));
    return [
      ...problemFaults(one, answer),
      ...(right ? [] : [`${one.name} ${field} ${what}: ${answer.status} names ${named.join(', ')}`]),
    ];
  }

  it.each(OPERATIONS_WITH_BODY)('$name takes no field that it does not know, at any depth', async (one) => {
    const found: string[] = [];
    for (const parent of objectsIn(one)) {
      const path = [...parent, 'unknownField'];
      found.push(...faults(one, 'unknown', dotted(path), await send(one, withField(bodyOf(one), path, 1))));
      cells.unknown += 1;
    }
    expect(found).toEqual([]);
  });

  it.each(OPERATIONS_WITH_BODY)('$name lets nobody set what is not theirs to set', async (one) => {
    const known = new Set(fieldsOf(one.body!).map(({ path }) => String(path[0])));
    const found: string[] = [];
    for (const [name, value] of Object.entries(NOT_YOURS).filter(([key]) => !known.has(key))) {
      found.push(...faults(one, 'not yours', name, await send(one, withField(bodyOf(one), [name], value))));
      cells.unknown += 1;
    }
    expect(found).toEqual([]);
  });

  it.each(OPERATIONS_WITH_BODY)('$name misses each required field by its name', async (one) => {
    const found: string[] = [];
    for (const { path } of fieldsOf(one.body!).filter(({ required, path: at }) => required && isThere(one, at))) {
      found.push(...faults(one, 'missing', dotted(path), await send(one, withField(bodyOf(one), path, undefined))));
      cells.missing += 1;
    }
    expect(found).toEqual([]);
  });

  // A class that several operations take has one set of rules: elsewhere one wrong value shows that they are asked.
  it.each(OPERATIONS_WITH_BODY)('$name refuses every impossible value of every field by its name', async (one) => {
    const found: string[] = [];
    for (const field of fieldsOf(one.body!)) {
      const values = spoiltValues(field);
      const wanted = tried.has(field.of) ? values.slice(0, 1) : values;
      tried.add(field.of);
      for (const { what, value } of wanted) {
        const answer = await send(one, withField(bodyAround(one, field), field.path, value));
        found.push(...faults(one, what, dotted(field.path), answer));
        cells.wrong += 1;
      }
    }
    expect(found).toEqual([]);
  });

  it.each(WITH_IDS)('$name refuses a malformed id by its name', async (one) => {
    const found: string[] = [];
    const ids = one.parameters.filter(({ in: where, schema }) => where === 'path' || schema.format === 'uuid');
    for (const { in: where, name } of ids) {
      for (const wrong of [
        'not-a-uuid',
        `${randomUUID()}0`,
        `{${randomUUID()}}`,
        randomUUID().replaceAll('-', ''),
        '%00',
        "'",
        '*',
        '[]',
      ]) {
        const value = wrong === '%00' ? '\u0000' : wrong;
        const query = where === 'query' ? { [name]: value } : {};
        const address = addressOf(
          one,
          (other) => (where === 'path' && other === name ? encodeURIComponent(value) : nobodys()),
          query,
        );
        const body = one.body ? bodyOf(one) : undefined;
        const answer = await owner.api.call(one.method, address, body, { unchecked: one.takesFile });
        // A file is read before it is asked whose it shall be; without one there is nothing to ask.
        if (!one.takesFile) found.push(...faults(one, wrong, name, answer));
        cells.ids += 1;
      }
    }
    expect(found).toEqual([]);
  });

  it.each(LISTS)('$name refuses limits and cursors that make no sense, and parameters that it does not know', async (one) => {
    const found: string[] = [];
    const wrong: [string, string][] = [
      ...['1e9', '1000000000', '0', '-1', 'abc', '1.5', '', ' ', 'Infinity', beyondLimit(one)].map((value): [string, string] => [
        'limit',
        value,
      ]),
      ...['x', '', '!', Buffer.from('no id').toString('base64url'), 'z'.repeat(201)].map((value): [string, string] => [
        'cursor',
        value,
      ]),
      ...['offset', 'contractorId', '__proto__', 'constructor', 'limit[]', 'toString'].map((name): [string, string] => [
        name,
        '1',
      ]),
    ];
    for (const [name, value] of wrong) {
      found.push(...faults(one, `"${value}"`, name, await owner.api.get(addressOf(one, shownOrNobodys(one), { [name]: value }))));
      cells.queries += 1;
    }
    const words = one.parameters.filter(({ in: where, schema }) => where === 'query' && schema.enum);
    for (const { name } of words) {
      found.push(
        ...faults(one, 'a word', name, await owner.api.get(addressOf(one, shownOrNobodys(one), { [name]: 'нет такого' }))),
      );
    }
    const twice = await owner.api.get(`${addressOf(one, shownOrNobodys(one))}?limit=1&limit=2`);
    expect([...found, ...faults(one, 'twice', 'limit', twice)]).toEqual([]);
  });

  it.each(OPERATIONS_WITH_BODY)('$name refuses what is not JSON, however it is called', async (one) => {
    const found: string[] = [];
    const valid = JSON.stringify(bodyOf(one));
    const broken = [
      `${valid.slice(0, -1)}`,
      `${valid}}`,
      '{"a":}',
      '',
      'null',
      '42',
      '"x"',
      '[]',
      `[${valid}]`,
      '{'.repeat(10_000),
      '\u0000',
    ];
    const json = { 'content-type': 'application/json' };
    for (const text of broken)
      found.push(...problemFaults(one, await send(one, text, json)).map((fault) => `${text.slice(0, 40)}: ${fault}`));
    for (const type of CONTENT_TYPES) {
      const answer = await send(one, valid, { 'content-type': type });
      found.push(...problemFaults(one, answer).map((fault) => `${type}: ${fault}`));
    }
    cells.malformed += broken.length + CONTENT_TYPES.length;
    expect(found).toEqual([]);
  });

  it.each(OPERATIONS_WITH_BODY)('$name refuses keys that would reach into prototypes', async (one) => {
    const found: string[] = [];
    const valid = JSON.stringify(bodyOf(one)).slice(1);
    for (const key of [
      '"__proto__":{"polluted":1}',
      '"constructor":{"prototype":{"polluted":1}}',
      '"\\u005f_proto__":{"polluted":1}',
      '"prototype":{}',
      '"toString":1',
      '"hasOwnProperty":1',
    ]) {
      const answer = await send(one, `{${key}${valid === '}' ? '}' : `,${valid}`}`, { 'content-type': 'application/json' });
      found.push(...problemFaults(one, answer), ...(answer.status === 400 ? [] : [`${key}: ${answer.status}`]));
      cells.malformed += 1;
    }
    expect(({} as Loose).polluted).toBeUndefined();
    expect(found).toEqual([]);
  });

  it.each(OPERATIONS_WITH_BODY)('$name refuses a body of more than 1 MiB as too large', async (one) => {
    const answer = await send(one, { ...bodyOf(one), much: 'x'.repeat(1_100_000) });
    expect([...problemFaults(one, answer), answer.status]).toEqual([413]);
  });

  it.each(OPERATIONS.filter(({ takesFile }) => takesFile))('$name refuses everything but one file in its field', async (one) => {
    const address = addressOf(one, nobodys);
    const answers = [
      await owner.api.upload(address, Buffer.from('x'), 'a.jpg', 'other'),
      await owner.api.call(one.method, address, { file: 'x' }),
      await owner.api.call(one.method, address, undefined),
      await owner.api.call(one.method, address, '--x--\r\n', { headers: { 'content-type': 'multipart/form-data; boundary=x' } }),
      await owner.api.call(one.method, address, 'file=x', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    ];
    expect(answers.flatMap((answer) => faults(one, 'no file', 'file', answer))).toEqual([]);
  });

  it.each(OPERATIONS.filter((one) => HEADERS.some(([name]) => takesHeader(one, name))))(
    '$name refuses headers that it could not honour',
    async (one) => {
      const found: string[] = [];
      for (const [name, value] of HEADERS.filter(([header]) => takesHeader(one, header) && one.permission !== 'public')) {
        found.push(...faults(one, value, name, await send(one, one.body && bodyOf(one), { [name]: value })));
      }
      expect(found).toEqual([]);
    },
  );

  it('answers what is no address at all with problem+json', async () => {
    for (const path of [
      '/',
      '/v1',
      '/v1/nothing',
      '/v2/posts',
      '/v1/posts/',
      '/V1/posts',
      '/v1//posts',
      '/%2e%2e/etc/passwd',
      '/v1/posts/%',
      '/v1/posts/%c0%ae',
    ]) {
      const { status, headers, body } = await owner.api.call('GET', path, undefined, { unchecked: true });
      expect([path, [400, 404].includes(status), headers['content-type'], body.status]).toEqual([
        path,
        true,
        'application/problem+json; charset=utf-8',
        status,
      ]);
    }
  });

  it('has written no row in all this', async () => {
    expect(await rowCounts(harness)).toEqual(before);
  });
});

function takesHeader(one: Operation, name: string): boolean {
  return one.parameters.some((parameter) => parameter.in === 'header' && parameter.name === name);
}

function dotted(path: Field['path']): string {
  return path.join('.');
}

/** The field itself; for an element the array, for a field of a wrong parent the parent's element. */
function isAbout(field: string, name: string): boolean {
  return name === field || name.startsWith(`${field}.`) || field.replace(/(\.\d+)+$/, '') === name;
}

/** The places of a body where objects with known fields stand. */
function objectsIn(one: Operation): Field['path'][] {
  const nested = fieldsOf(one.body!).filter(({ schema, path }) => schema.properties && isThere(one, path));
  return [[], ...nested.map(({ path }) => path)];
}

/** Whether the example has this place: an optional field's parts are required only where it is given. */
function isThere(one: Operation, path: Field['path']): boolean {
  let place = bodyOf(one) as Loose;
  for (const step of path.slice(0, -1)) place = place?.[step];
  return place !== undefined && path.at(-1)! in Object(place);
}
