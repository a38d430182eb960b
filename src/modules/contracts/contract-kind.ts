/** What kind of contract a contractor has; 44-FZ and 223-FZ are the two procurement laws. */
export const CONTRACT_KINDS = [
  'state44Fz',
  'municipal44Fz',
  'singleSupplier44Fz',
  'corporate223Fz',
  'civilServices',
  'civilWorks',
  'subcontract',
  'gphIndividual',
] as const;
export type ContractKind = (typeof CONTRACT_KINDS)[number];

const PUBLIC_PROCUREMENT: readonly ContractKind[] = ['state44Fz', 'municipal44Fz', 'singleSupplier44Fz'];

/** Its ИКЗ, fines and terms follow from 44-FZ. */
export function is44Fz(kind: ContractKind): boolean {
  return PUBLIC_PROCUREMENT.includes(kind);
}
