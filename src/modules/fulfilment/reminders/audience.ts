import { type Role, sideOf } from '../../tenancy/roles.js';
import type { Deadline, DeadlineKind } from '../deadlines/deadline.js';

/** Who has a use for being told beforehand. A press officer is told what the client owes, and nothing else. */
const TOLD: Readonly<Record<DeadlineKind, readonly Role[]>> = {
  stageClose: ['manager', 'editor'],
  reportDue: ['manager', 'editor'],
  contentPlanDue: ['manager', 'editor', 'approver'],
  submission: ['manager', 'accountant'],
  acceptance: ['manager', 'pressOfficer'],
  payment: ['manager', 'accountant', 'pressOfficer'],
  cure: ['manager', 'editor'],
  securityReturn: ['owner', 'manager', 'accountant', 'pressOfficer'],
  contractEnd: ['owner', 'manager', 'accountant'],
  validUntil: ['owner', 'manager', 'accountant'],
  terminationEffective: ['owner', 'manager', 'accountant'],
  handoverBegins: ['owner', 'manager'],
  credentialExpiry: ['manager'],
};

/** What was missed comes to them as well. */
const ESCALATED_TO: readonly Role[] = ['owner', 'manager'];

/** Whether a role is told of a deadline before its day, and whether when it was missed. */
export function audienceOf(
  { kind, waitingFor }: Pick<Deadline, 'kind' | 'waitingFor'>,
  role: Role,
): { before: boolean; overdue: boolean } {
  const before = TOLD[kind].includes(role) && (sideOf(role) === 'agency' || waitingFor === 'client');
  return { before, overdue: before || ESCALATED_TO.includes(role) };
}
