import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('contractors')
export class ContractorEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) id: string;
  @Column('text') name: string;
  @Column('text', { name: 'short_name', nullable: true }) shortName: string | null;
  @Column('text') inn: string;
  @Column('text', { nullable: true }) kpp: string | null;
  @Column('text') ogrn: string;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('text') status: 'active' | 'suspended';
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
