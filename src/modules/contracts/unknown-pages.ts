import { ContractPagesUnknown } from './contracts.errors.js';

const FOREIGN_KEY_VIOLATION = '23503';

/** The composite foreign key refuses pages of other clients and of nobody alike. @throws ContractPagesUnknown, or the error itself */
export function unknownPages(error: unknown): never {
  if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION) throw error;
  const reason = 'One of the pages does not exist or belongs to another client';
  throw new ContractPagesUnknown({ fields: [{ field: 'pageIds', reason }] });
}
