import { Platform1764000000001 } from './1-platform.js';
import { Tenancy1764000000002 } from './2-tenancy.js';
import { Identity1764000000003 } from './3-identity.js';
import { Contracts1764000000004 } from './4-contracts.js';
import { Pages1764000000005 } from './5-pages.js';
import { Content1764000000006 } from './6-content.js';
import { Publishing1764000000007 } from './7-publishing.js';
import { Budgets1764000000008 } from './8-budgets.js';
import { Decisions1764000000009 } from './9-decisions.js';
import { Checks1764000000010 } from './10-checks.js';
import { Edits1764000000011 } from './11-edits.js';
import { Watch1764000000012 } from './12-watch.js';
import { ProductionCalendars1764000000013 } from './13-production-calendars.js';
import { Fulfilment1764000000014 } from './14-fulfilment.js';
import { Acceptance1764000000015 } from './15-acceptance.js';
import { Deadlines1764000000016 } from './16-deadlines.js';
import { Handover1764000000017 } from './17-handover.js';
import { Metrics1764000000018 } from './18-metrics.js';
import { Reports1764000000019 } from './19-reports.js';
import { Webhooks1764000000020 } from './20-webhooks.js';
import { Exports1764000000022 } from './22-exports.js';

/** Every migration, in the order in which they run. */
export const MIGRATIONS = [
  Platform1764000000001,
  Tenancy1764000000002,
  Identity1764000000003,
  Contracts1764000000004,
  Pages1764000000005,
  Content1764000000006,
  Publishing1764000000007,
  Budgets1764000000008,
  Decisions1764000000009,
  Checks1764000000010,
  Edits1764000000011,
  Watch1764000000012,
  ProductionCalendars1764000000013,
  Fulfilment1764000000014,
  Acceptance1764000000015,
  Deadlines1764000000016,
  Handover1764000000017,
  Metrics1764000000018,
  Reports1764000000019,
  Webhooks1764000000020,
  Exports1764000000022,
];
