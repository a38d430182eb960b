import type { CalendarYear } from './production-calendar.js';

/** A year that comes with the program, and where it is from. */
export interface ShippedYear extends CalendarYear {
  readonly source: string;
}

/**
 * The official years that were known when this was released. A general list of public holidays would not do: it lacks every
 * transfer. Later years are loaded by the contractor; see docs/production-calendar.md.
 */
export const RUSSIAN_YEARS: readonly ShippedYear[] = [
  {
    year: 2025,
    status: 'official',
    source: 'Постановление Правительства РФ от 04.10.2024 № 1335',
    weekdaysOff: [
      ...['2025-01-01', '2025-01-02', '2025-01-03', '2025-01-06', '2025-01-07', '2025-01-08'],
      ...['2025-05-01', '2025-05-02', '2025-05-08', '2025-05-09', '2025-06-12', '2025-06-13'],
      ...['2025-11-03', '2025-11-04', '2025-12-31'],
    ],
    workingWeekends: ['2025-11-01'],
  },
  {
    year: 2026,
    status: 'official',
    source: 'Постановление Правительства РФ от 24.09.2025 № 1466',
    weekdaysOff: [
      ...['2026-01-01', '2026-01-02', '2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09'],
      ...['2026-02-23', '2026-03-09', '2026-05-01', '2026-05-11', '2026-06-12', '2026-11-04', '2026-12-31'],
    ],
    workingWeekends: [],
  },
];
