/** Whose rows a unit of work may touch. `clientIds` narrows it to some clients of the contractor. */
export interface Scope {
  readonly contractorId: string;
  readonly clientIds: 'all' | readonly string[];
}

/** The whole contractor: for workers that act for the tenant, and for members who see all clients. */
export function wholeContractor(contractorId: string): Scope {
  return { contractorId, clientIds: 'all' };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The statement that opens a transaction for a scope. Both settings travel with BEGIN in one message, so they live or
 * die together; values are validated UUIDs because SET LOCAL takes no parameters.
 */
export function beginFor(scope: Scope, access: 'read only' | 'read write'): string {
  return `begin ${access}; set local app.contractor_id = '${uuid(scope.contractorId)}'; set local app.client_ids = '${clientList(scope)}'`;
}

function clientList(scope: Scope): string {
  if (scope.clientIds === 'all') return '*';
  // A member without clients sees none: an empty setting would mean "not set", so it has a word of its own.
  return scope.clientIds.length === 0 ? '-' : scope.clientIds.map(uuid).join(',');
}

function uuid(value: string): string {
  if (!UUID.test(value)) throw new Error('A tenant scope holds something that is not a UUID');
  return value;
}
