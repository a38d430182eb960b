import type { OpenAPIObject } from '@nestjs/swagger';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Node = { [key: string]: Json };

/**
 * The generator still writes OpenAPI 3.0 habits: `nullable`, and numbers as examples of strings of digits. This turns
 * them into JSON Schema 2020-12, which 3.1 uses.
 */
export function toOpenApi31(document: OpenAPIObject): OpenAPIObject {
  return rewrite(JSON.parse(JSON.stringify(document)) as Json) as unknown as OpenAPIObject;
}

function rewrite(value: Json): Json {
  if (Array.isArray(value)) return value.map(rewrite);
  if (typeof value !== 'object' || value === null) return value;
  const node: Node = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'example' ? part : rewrite(part)]),
  );
  return nullable(stringExample(node));
}

function nullable(node: Node): Node {
  const { nullable: isNullable, ...rest } = node;
  if (isNullable !== true) return node;
  if (typeof rest.type === 'string') {
    return { ...rest, type: [rest.type, 'null'], ...(Array.isArray(rest.enum) && { enum: [...rest.enum, null] }) };
  }
  if (Array.isArray(rest.allOf)) {
    const { allOf, ...others } = rest;
    return { ...others, oneOf: [...allOf, { type: 'null' }] };
  }
  const { $ref, ...others } = rest;
  return $ref === undefined ? rest : { ...others, oneOf: [{ $ref }, { type: 'null' }] };
}

function stringExample(node: Node): Node {
  const isString = node.type === 'string' || (Array.isArray(node.type) && node.type.includes('string'));
  return isString && typeof node.example === 'number' ? { ...node, example: String(node.example) } : node;
}
