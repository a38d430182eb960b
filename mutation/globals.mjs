import { globals } from './specs.mjs';

export const { describe, it, expect, beforeAll, beforeEach, afterAll, afterEach } = globals;
