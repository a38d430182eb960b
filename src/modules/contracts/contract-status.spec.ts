import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CONTRACT_STATUSES,
  type ContractStatus,
  type ContractTimes,
  nextStep,
  statusesBefore,
  transitionsFrom,
} from './contract-status.js';

describe('a contract', () => {
  it.each<[ContractStatus, ContractStatus, boolean]>([
    ['draft', 'underReview', true],
    ['draft', 'signed', true],
    ['draft', 'active', false],
    ['draft', 'cancelled', true],
    ['underReview', 'draft', true],
    ['underReview', 'signed', true],
    ['underReview', 'cancelled', true],
    ['signed', 'active', true],
    ['signed', 'terminated', true],
    ['signed', 'cancelled', false],
    ['signed', 'draft', false],
    ['active', 'suspended', true],
    ['active', 'completing', true],
    ['active', 'completed', false],
    ['active', 'terminated', true],
    ['active', 'cancelled', false],
    ['active', 'signed', false],
    ['suspended', 'active', true],
    ['suspended', 'completing', false],
    ['completing', 'completed', true],
    ['completing', 'suspended', true],
    ['completed', 'archived', true],
    ['completed', 'terminated', false],
    ['terminated', 'active', false],
    ['terminated', 'archived', true],
    ['cancelled', 'draft', false],
    ['archived', 'completed', false],
  ])('from %s to %s: %s', (from, to, allowed) => {
    expect([transitionsFrom(from).includes(to), statusesBefore(to).includes(from)]).toEqual([allowed, allowed]);
  });

  it('goes back to an earlier status only when a review returns it or a suspension ends', () => {
    const order = [...CONTRACT_STATUSES];
    const back = order.flatMap((from) =>
      transitionsFrom(from)
        .filter((to) => order.indexOf(to) <= order.indexOf(from))
        .map((to) => `${from} → ${to}`),
    );
    expect(back).toEqual(['underReview → draft', 'suspended → active', 'completing → suspended']);
  });
});

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const year: ContractTimes = {
  ...{ status: 'active', startsAt: at('2026-01-01'), endsAt: at('2027-01-01'), handoverDays: 30, terminatesAt: null },
};

describe('what time makes of a contract', () => {
  it.each<[string, Partial<ContractTimes>, ContractStatus | undefined, string | undefined]>([
    ['makes a signed one active at its start', { status: 'signed' }, 'active', '2026-01-01'],
    ['begins the handover before its end', {}, 'completing', '2026-12-02'],
    ['begins the handover of a short one with it', { endsAt: at('2026-01-10') }, 'completing', '2026-01-01'],
    ['completes it at its end', { status: 'completing' }, 'completed', '2027-01-01'],
    ['leaves a suspended one', { status: 'suspended' }, undefined, undefined],
    ['leaves a draft', { status: 'draft' }, undefined, undefined],
    ['leaves one that is over', { status: 'completed', terminatesAt: at('2027-02-01') }, undefined, undefined],
    ['terminates it when the notice takes effect', { terminatesAt: at('2026-06-01') }, 'terminated', '2026-06-01'],
    ['terminates a suspended one too', { status: 'suspended', terminatesAt: at('2026-06-01') }, 'terminated', '2026-06-01'],
    ['does what comes before the notice first', { terminatesAt: at('2026-12-20') }, 'completing', '2026-12-02'],
    ['terminates when both come at once', { status: 'completing', terminatesAt: at('2027-01-01') }, 'terminated', '2027-01-01'],
  ])('%s', (_, changes, to, day) => {
    const step = nextStep({ ...year, ...changes });
    expect([step?.to, step?.at.toISOString().slice(0, 10)]).toEqual([to, day]);
  });

  it('comes to an end, whatever the contract, and never by a step that is not allowed', () => {
    const instants = fc.date({ min: at('2026-01-01'), max: at('2030-01-01'), noInvalidDate: true });
    const times = fc.record({
      status: fc.constantFrom(...CONTRACT_STATUSES),
      a: instants,
      b: instants,
      days: fc.nat(400),
      end: fc.option(instants),
    });
    fc.assert(
      fc.property(times, ({ status, a, b, days, end }) => {
        const [startsAt, endsAt] = a < b ? [a, b] : [b, a];
        let contract: ContractTimes = { status, startsAt, endsAt, handoverDays: days, terminatesAt: end };
        for (let i = 0; i < 5; i += 1) {
          const step = nextStep(contract);
          if (!step) return;
          expect(transitionsFrom(contract.status)).toContain(step.to);
          contract = { ...contract, status: step.to };
        }
        throw new Error('no end');
      }),
    );
  });
});
