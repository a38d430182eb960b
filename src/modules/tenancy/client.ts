import type { RegionCode } from './regions.js';

/** What kind of public body a client is; order 2523-r of 02.09.2022 names them. */
export const CLIENT_KINDS = ['stateBody', 'municipalBody', 'court', 'subordinateOrganisation'] as const;
export type ClientKind = (typeof CLIENT_KINDS)[number];

/** A public body with its requisites and the contacts that its pages must show. */
export interface ClientDetails {
  readonly kind: ClientKind;
  readonly name: string;
  readonly shortName: string | null;
  readonly inn: string;
  readonly kpp: string;
  readonly ogrn: string;
  readonly address: string;
  readonly email: string;
  readonly phones: string[];
  readonly site: string | null;
  /** IANA; never derived from the region (Yakutia alone has three offsets). */
  readonly timeZone: string;
  /** The subject of the federation; null: nobody said. */
  readonly regionCode: RegionCode | null;
  /** The body above a subordinate organisation, when it is a client too. */
  readonly founderId: string | null;
}

export interface Client extends ClientDetails {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ContractorDetails {
  readonly name: string;
  readonly shortName: string | null;
  readonly inn: string;
  readonly kpp: string | null;
  readonly ogrn: string;
  readonly timeZone: string;
}

export interface Contractor extends ContractorDetails {
  readonly id: string;
  readonly status: 'active' | 'suspended';
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
