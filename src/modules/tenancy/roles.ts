/** Who people are in a contractor. Agency staff work on many clients, client people see theirs alone. */
export const AGENCY_ROLES = ['owner', 'manager', 'editor', 'approver', 'accountant', 'viewer'] as const;
export const CLIENT_ROLES = ['pressOfficer', 'clientViewer'] as const;
export const ROLES = [...AGENCY_ROLES, ...CLIENT_ROLES] as const;

export type Role = (typeof ROLES)[number];

export function sideOf(role: string): 'agency' | 'client' {
  return (CLIENT_ROLES as readonly string[]).includes(role) ? 'client' : 'agency';
}
