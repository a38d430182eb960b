import { readFileSync } from 'node:fs';

/** As much of JSON Schema as our document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly (string | null)[];
  readonly format?: string;
  readonly pattern?: string;
  readonly example?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly maximum?: number;
}

interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly template: string;
  readonly permission: string;
  readonly roles: readonly string[];
  readonly parameters: readonly Parameter[];
  /** Undefined when it takes no JSON. */
  readonly body: Schema | undefined;
  readonly takesFile: boolean;
  /** The codes of the errors that the document lists for a status. */
  codes(status: number): readonly string[];
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Record<string, { readonly examples?: object }> }>>;
  readonly 'x-permission': string;
  readonly 'x-roles'?: readonly string[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Document;

/** Every operation of the committed document. Tests walk this list, so a new route is covered when it is described. */
export const OPERATIONS: readonly Operation[] = Object.entries(document.paths).flatMap(([template, methods]) =>
  Object.entries(methods).map(([method, described]) => operation(method.toUpperCase(), template, described)),
);

export const OPERATIONS_WITH_BODY = OPERATIONS.filter((one) => one.body !== undefined);

function operation(method: string, template: string, described: Described): Operation {
  const content = described.requestBody?.content ?? {};
  const json = content['application/json'];
  return {
    ...{ method, template, name: described.operationId, permission: described['x-permission'] },
    roles: described['x-roles'] ?? [],
    parameters: described.parameters ?? [],
    body: json?.schema,
    takesFile: 'multipart/form-data' in content,
    codes: (status) => Object.keys(described.responses[String(status)]?.content?.['application/problem+json']?.examples ?? {}),
  };
}

/** In an address, but no id: secrets that open one thing. Whatever is wrong about one is answered as if there were none. */
export const SECRET_PARAMETERS: readonly string[] = ['token'];

/** A place in a request body: `['variants', 0, 'text']`. */
export interface Field {
  readonly path: readonly (string | number)[];
  readonly schema: Schema;
  readonly required: boolean;
  /** Which field of which class it is: several operations may take the same class at any depth. */
  readonly of: string;
}

/** Every field of a body, with those of nested objects and of the first element of arrays. */
export function fieldsOf(schema: Schema, path: Field['path'] = [], of = ''): Field[] {
  const { properties = {}, required = [], items } = resolve(schema);
  const own = Object.entries(properties).map(([name, part]) => ({
    ...{ path: [...path, name], part, required: required.includes(name), of: `${nameOf(schema) ?? of}.${name}` },
  }));
  const element = items ? [{ path: [...path, 0], part: items, required: false, of: `${of}[]` }] : [];
  return [...own, ...element].flatMap(({ part, ...field }) => [
    { ...field, schema: resolve(part) },
    ...fieldsOf(part, field.path, field.of),
  ]);
}

/** The class of an object, as the document calls it. */
function nameOf({ $ref, anyOf = [], allOf = [] }: Schema): string | undefined {
  return $ref?.split('/').at(-1) ?? [...anyOf, ...allOf].map(nameOf).find((name) => name !== undefined);
}

/** What an example lacks to be a valid body, where a rule between two fields can't be told by the schema. */
const BETWEEN_FIELDS: Readonly<Record<string, object>> = {
  // Adopting needs the address of the post.
  decisionsDecide: { decision: 'giveUp' },
};

/** A valid body of an operation, made of the document's examples of its required fields. */
export function bodyOf({ name, body }: Operation): object {
  return { ...(exampleOf(body!) as object), ...BETWEEN_FIELDS[name] };
}

/** As `bodyOf`, with a place for this field: optional objects on the way to it are examples of themselves. */
export function bodyAround(one: Operation, { path }: Pick<Field, 'path'>): object {
  const around = fieldsOf(one.body!).filter((field) => field.schema.properties && isAbove(field.path, path));
  return around.reduce(
    (body, field) => (valueAt(body, field.path) ? body : withField(body, field.path, exampleOf(field.schema))),
    bodyOf(one),
  );
}

function isAbove(parent: Field['path'], path: Field['path']): boolean {
  return parent.length < path.length && parent.every((step, depth) => step === path[depth]);
}

function valueAt(body: object, path: Field['path']): unknown {
  return path.reduce<unknown>((place, step) => (place as Record<string | number, unknown> | undefined)?.[step], body);
}

/** A value made of the document's examples: the required fields, or all of them. */
export function exampleOf(schema: Schema, fields: 'required' | 'all' = 'required'): unknown {
  const { example, properties, required = [], items, enum: words } = resolve(schema);
  if (example !== undefined) return structuredClone(example);
  if (properties) {
    const wanted = Object.entries(properties).filter(([name]) => fields === 'all' || required.includes(name));
    return Object.fromEntries(wanted.map(([name, part]) => [name, exampleOf(part, fields)]));
  }
  if (items) return [exampleOf(items, fields)];
  if (words) return words[0];
  // The swagger plugin drops an example with blanks that stands without quotes: write `@example "День посёлка"`.
  throw new Error(`The document gives no example of ${JSON.stringify(schema)}`);
}

export function resolve(schema: Schema): Schema {
  const object = schema.anyOf?.find(({ $ref }) => $ref);
  // An object that may be null.
  if (object) return { ...resolve(object), type: ['object', 'null'] };
  // An object with a description of its own.
  if (schema.allOf?.length === 1) return resolve(schema.allOf[0]!);
  if (!schema.$ref) return schema;
  return document.components.schemas[schema.$ref.split('/').at(-1)!]!;
}

export function typesOf({ type }: Schema): readonly string[] {
  return type === undefined ? [] : typeof type === 'string' ? [type] : type;
}

/** The same body with one place set, or removed when the value is `undefined`. */
export function withField(body: unknown, path: Field['path'], value: unknown): object {
  const copy = structuredClone(body) as Record<string | number, unknown>;
  let place = copy;
  for (const [depth, step] of path.slice(0, -1).entries()) {
    place = (place[step] ??= typeof path[depth + 1] === 'number' ? [] : {}) as Record<string | number, unknown>;
  }
  if (value === undefined) delete place[path.at(-1)!];
  else place[path.at(-1)!] = value;
  return copy;
}

/** What the document shows for a part of the path that is no id, such as a day. */
export function shownIn({ parameters }: Operation, name: string): string | undefined {
  const shown = parameters.find((one) => one.in === 'path' && one.name === name)?.schema.example;
  return shown === undefined ? undefined : String(shown);
}

/** The address with its parameters filled in; `ids` gives a value for each id, and the document for what the query must name. */
export function addressOf(one: Operation, ids: (name: string) => string, query: Readonly<Record<string, string>> = {}): string {
  const path = one.template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids(name));
  const needed = one.parameters.filter(
    (parameter) => parameter.in === 'query' && parameter.required && !(parameter.name in query),
  );
  const values = needed.map(({ name, schema }) => [name, schema.format === 'uuid' ? ids(name) : String(exampleOf(schema))]);
  const search = new URLSearchParams({ ...query, ...Object.fromEntries(values) }).toString();
  return search ? `${path}?${search}` : path;
}
