/** The request cannot be understood; the message goes back to who sent it. */
export class BadControlRequest extends Error {}

/** A JSON object read field by field, so that a misspelt script fails loudly and not as a test that proves nothing. */
export class Body {
  private constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  static parse(text: string): Body {
    try {
      const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
      return Body.of(value);
    } catch {
      throw new BadControlRequest('The body should be a JSON object');
    }
  }

  static of(value: unknown): Body {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new BadControlRequest('An object was expected');
    return new Body(value as Record<string, unknown>);
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw new BadControlRequest(`${name} is missing`);
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.optional(name, 'string');
  }

  number(name: string): number {
    const value = this.optionalNumber(name);
    if (value === undefined) throw new BadControlRequest(`${name} is missing`);
    return value;
  }

  optionalNumber(name: string): number | undefined {
    return this.optional(name, 'number');
  }

  optionalFlag(name: string): boolean | undefined {
    return this.optional(name, 'boolean');
  }

  optionalDate(name: string): Date | undefined {
    const text = this.optionalText(name);
    if (text === undefined) return undefined;
    const at = new Date(text);
    if (Number.isNaN(at.getTime())) throw new BadControlRequest(`${name} should be an ISO instant`);
    return at;
  }

  optionalRecord(name: string): Record<string, unknown> | undefined {
    return this.fields[name] === undefined ? undefined : { ...Body.of(this.fields[name]).fields };
  }

  optionalTexts(name: string): string[] | undefined {
    const value = this.fields[name];
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every((entry): entry is string => typeof entry === 'string')) {
      throw new BadControlRequest(`${name} should be a list of strings`);
    }
    return value;
  }

  value(name: string): unknown {
    return this.fields[name];
  }

  /** A body that is nothing but numbers. */
  numbers(): Record<string, number> {
    return Object.fromEntries(this.names().map((name) => [name, this.number(name)]));
  }

  names(): string[] {
    return Object.keys(this.fields);
  }

  assertOnly(...known: string[]): void {
    const strange = this.names().find((name) => !known.includes(name));
    if (strange !== undefined) throw new BadControlRequest(`${strange} is not known here; known are ${known.join(', ')}`);
  }

  private optional(name: string, type: 'string'): string | undefined;
  private optional(name: string, type: 'number'): number | undefined;
  private optional(name: string, type: 'boolean'): boolean | undefined;
  private optional(name: string, type: string): unknown {
    const value = this.fields[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== type) throw new BadControlRequest(`${name} should be a ${type}`);
    return value;
  }
}

/** Without the fields that were not given, so that they do not overwrite a default. */
export function given<Fields extends object>(fields: Fields): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };
}
