import type { Definition, JobDefinition, TimerDefinition } from './job.js';

export interface Found<T extends JobDefinition | TimerDefinition = JobDefinition | TimerDefinition> {
  readonly definition: T;
  /** The handler's class, for messages. */
  readonly handler: string;
}

/** Every way in which definitions and handlers don't fit together; empty when the worker may start. */
export function mismatches(definitions: readonly Definition[], found: readonly Found[]): string[] {
  return [...new Set([...twins(definitions), ...handlerCounts(definitions, found), ...strays(definitions, found)])];
}

/** A name decides where a row of the outbox goes, so it stands for one thing only. */
function twins(definitions: readonly Definition[]): string[] {
  const names = definitions.map((definition) => definition.name);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  return repeated.map((name) => `the name "${name}" is defined more than once`);
}

function handlerCounts(definitions: readonly Definition[], found: readonly Found[]): string[] {
  return definitions.flatMap((definition) => {
    if (definition.kind === 'event') return [];
    const handlers = found.filter((entry) => entry.definition === definition).map((entry) => entry.handler);
    if (handlers.length === 0) return [`${definition.kind} "${definition.name}" has no handler`];
    if (handlers.length > 1)
      return [`${definition.kind} "${definition.name}" has ${handlers.length} handlers: ${handlers.join(', ')}`];
    return [];
  });
}

function strays(definitions: readonly Definition[], found: readonly Found[]): string[] {
  return found
    .filter((entry) => !definitions.includes(entry.definition))
    .map(
      (entry) =>
        `${entry.handler} handles the ${entry.definition.kind} "${entry.definition.name}", which is not among the definitions`,
    );
}
