import type { ChangeSource } from '../../platform/changes/change-source.js';

/** What a value is: how it is written follows from it. `kopecks` are whole numbers in JSON, and sums of rubles elsewhere. */
export type FieldKind = 'text' | 'number' | 'kopecks' | 'instant' | 'day';

/** One list that other systems read. A new one is a file beside these and a line in `collections.ts`. */
export interface Collection {
  readonly name: string;
  /** Without it the list is closed, whatever else one may do. */
  readonly permission: string;
  readonly source: ChangeSource;
  /** Fields that are not text, by name. */
  readonly kinds: Readonly<Record<string, FieldKind>>;
}

export interface ExportedField {
  readonly name: string;
  readonly kind: FieldKind;
}

/** In the order of the columns. */
export function fieldsOf({ source, kinds }: Collection): ExportedField[] {
  // Owners read days, and nothing else, as text.
  return Object.entries(source.columns).map(([name, column]) => ({
    name,
    kind: kinds[name] ?? (column.endsWith('::text') ? 'day' : 'text'),
  }));
}
