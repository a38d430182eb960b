import { type Role, sideOf } from '../tenancy/roles.js';

/** Which clients a member works on: all of the contractor's, or the listed ones. Client people have exactly one. */
export interface ClientReach {
  readonly allClients: boolean;
  readonly clientIds: readonly string[];
}

/** A person's login and role in one contractor. */
export interface Member extends ClientReach {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: 'active' | 'disabled';
  /** IANA zone in which he reads; null: the contractor's, for people of a client the client's. */
  readonly timeZone: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * Whether a reach fits a role.
 * @returns what is wrong with which field, or undefined.
 */
export function reachProblem(role: Role | 'apiKey', reach: ClientReach): { field: string; reason: string } | undefined {
  if (role === 'owner' && !reach.allClients) {
    return { field: 'allClients', reason: 'Owners see every client: set allClients to true' };
  }
  if (sideOf(role) === 'client') {
    if (reach.allClients)
      return { field: 'allClients', reason: 'People of a client see this client alone: set allClients to false' };
    return reach.clientIds.length === 1
      ? undefined
      : { field: 'clientIds', reason: 'People of a client belong to exactly one client' };
  }
  if (reach.allClients && reach.clientIds.length > 0) {
    return { field: 'clientIds', reason: 'Leave clientIds empty when allClients is true' };
  }
  return undefined;
}
