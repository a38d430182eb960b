import { together } from '../harness/together.js';

await together('src/modules', 1, 4);
