import { together } from '../../harness/together.js';

await together('test/journeys', 2, 6);
