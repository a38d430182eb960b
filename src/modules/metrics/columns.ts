/** The column of a number: `linkClicks` stands in `link_clicks`. */
export function columnOf(metric: string): string {
  return metric.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The columns of numbers under their names, for a select list; from a table when one is named. */
export function selected(metrics: readonly string[], table?: string): string {
  return metrics.map((metric) => `${table === undefined ? '' : `${table}.`}${columnOf(metric)} as "${metric}"`).join(', ');
}
